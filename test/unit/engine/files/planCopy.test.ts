import { expect, test } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { planCopy } from '../../../../src/engine/files/planCopy';

const FILE = { path: '/src/name', directory: false };
const DIRECTORY = { path: '/src/name', directory: true };
const to = (path: string, exists: boolean, directory = false): Parameters<typeof planCopy>[1] => ({
  path,
  exists,
  directory,
});

/** The six rows of the table, and their endings. */
test.each([
  ['a file into a directory', FILE, to('/dst', true, true), { directory: '/dst', name: undefined }],
  [
    'a directory into a directory',
    DIRECTORY,
    to('/dst/', true, true),
    { directory: '/dst/', name: undefined },
  ],
  ['a file on a file', FILE, to('/dst/old', true), { directory: '/dst', name: 'old' }],
  ['a directory to a free name', DIRECTORY, to('/dst/new', false), { directory: '/dst', name: 'new' }],
  [
    'a directory to a free name with a slash',
    DIRECTORY,
    to('/dst/new/', false),
    { directory: '/dst', name: 'new' },
  ],
  [
    'a directory to contents of what is not there',
    DIRECTORY,
    to('/dst/new/.', false),
    { directory: '/dst/new', name: '.' },
  ],
  ['a file to a free name', FILE, to('/new', false), { directory: '/', name: 'new' }],
  ['a file to a relative name', FILE, to('new', false), { directory: '.', name: 'new' }],
])('%s', (_, source, destination, plan) => expect(planCopy(source, destination)).toEqual(plan));

test.each([
  ['a directory on a file', DIRECTORY, to('/dst/old', true), 'conflict'],
  ['a file into a directory that is not there', FILE, to('/dst/new/', false), 'notFound'],
  ['a file into contents of what is not there', FILE, to('/dst/new/.', false), 'notFound'],
])('%s is refused', (_, source, destination, kind) => {
  expect(() => planCopy(source, destination)).toThrow(EngineError);
  expect(() => planCopy(source, destination)).toThrow(expect.objectContaining({ kind }) as Error);
});
