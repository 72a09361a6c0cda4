import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { hostDestination, hostSource } from '../../../../src/engine/files/hostEnds';
import { temporary } from './temporary';

let root: string;

beforeEach(() => {
  root = fs.realpathSync(temporary());
  fs.mkdirSync(path.join(root, 'dir'));
  fs.writeFileSync(path.join(root, 'file'), '12345');
  fs.symlinkSync('dir', path.join(root, 'todir'));
  fs.symlinkSync('file', path.join(root, 'tofile'));
  fs.symlinkSync('nothing', path.join(root, 'broken'));
  fs.symlinkSync('loop', path.join(root, 'loop'));
});

describe('a source', () => {
  test.each([
    ['file', false, { path: 'file', name: 'file', directory: false, size: 5 }],
    ['dir', false, { path: 'dir', name: 'dir', directory: true }],
    ['dir/', false, { path: 'dir/', name: 'dir', directory: true }],
    ['dir/.', false, { path: 'dir/.', name: '.', directory: true }],
    ['todir', false, { path: 'todir', name: 'todir', directory: false }],
    ['todir/', false, { path: 'dir/', name: 'todir', directory: true }],
    ['todir/.', false, { path: 'dir/.', name: '.', directory: true }],
    ['todir', true, { path: 'dir', name: 'todir', directory: true }],
    ['tofile', true, { path: 'file', name: 'tofile', directory: false }],
    ['broken', false, { path: 'broken', name: 'broken', directory: false }],
    ['todir/../file', false, { path: 'file', name: 'file', directory: false }],
  ])('%s (following: %s)', (given, follow, { path: at, ...expected }) => {
    expect(hostSource(`${root}/${given}`, follow)).toMatchObject({ ...expected, path: `${root}/${at}` });
  });

  test.each(['no', 'file/', 'file/.', 'no/file', 'loop/x'])('%s is an error', (given) => {
    expect(() => hostSource(`${root}/${given}`, false)).toThrow(EngineError);
  });

  test('that leads nowhere cannot be followed', () => {
    expect(() => hostSource(`${root}/broken`, true)).toThrow(EngineError);
  });
});

describe('a destination', () => {
  test.each([
    ['dir', { path: 'dir', exists: true, directory: true }],
    ['dir/', { path: 'dir/', exists: true, directory: true }],
    ['file', { path: 'file', exists: true, directory: false }],
    ['todir', { path: 'dir', exists: true, directory: true }],
    ['tofile', { path: 'file', exists: true, directory: false }],
    ['broken', { path: 'nothing', exists: false, directory: false }],
    ['new', { path: 'new', exists: false, directory: false }],
    ['new/', { path: 'new/', exists: false, directory: false }],
  ])('%s', (given, { path: at, ...expected }) => {
    expect(hostDestination(`${root}/${given}`)).toEqual({ ...expected, path: `${root}/${at}` });
  });

  test.each(['no/new', 'file/', 'file/new', 'loop'])('%s is an error', (given) => {
    expect(() => hostDestination(`${root}/${given}`)).toThrow(EngineError);
  });

  test('is no device', () => expect(() => hostDestination('/dev/null')).toThrow('is a device'));
});
