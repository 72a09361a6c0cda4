import { describe, expect, test } from 'vitest';
import { complete } from '../../../../src/dockerfile/completion/complete';
import { imageFileItems } from '../../../../src/dockerfile/completion/container';
import { remoteItems } from '../../../../src/dockerfile/completion/images';
import { entryItems } from '../../../../src/dockerfile/completion/paths';
import { parseModel } from '../../../../src/dockerfile/model/model';

const span = { start: 0, end: 0 };

describe('what registries tell', () => {
  test('what the engine has is not offered twice', () => {
    const want = { kind: 'images', span, text: 'alpine:3' } as const;
    const local = [{ reference: 'alpine:3', detail: '', created: 0 }];
    const items = remoteItems(want, { names: [], tags: ['3', '3.20'] }, local, 'Docker Hub');
    expect(items.map(({ label }) => label)).toEqual(['alpine:3.20']);
  });
});

describe('sources in the context', () => {
  const entries = [
    { name: 'src', folder: true },
    { name: 'dist', folder: true },
    { name: 'a b', folder: false },
    { name: 'x.log', folder: false },
  ];
  const labels = (text: string, ignore?: string): string[] =>
    entryItems({ kind: 'paths', span, text, rank: 5 }, entries, ignore).map(({ label }) => label);

  test('what is ignored is none', () => {
    expect(labels('')).toEqual(['src/', 'dist/', 'x.log']);
    expect(labels('', 'dist\n*.log')).toEqual(['src/']);
    expect(labels('lib/', 'lib/*.log\nlib/dist')).toEqual(['src/']);
    expect(labels('', 'dist\n!dist/a')).toContain('dist/');
  });

  test('nothing outside of the context', () => expect(labels('../')).toEqual([]));
});

describe('what is in an image', () => {
  const entries = [
    { name: 'etc', folder: true },
    { name: 'entrypoint.sh', folder: false },
    { name: 'a b', folder: false },
  ];
  const labels = (text: string, folders = false): string[] =>
    imageFileItems({ kind: 'files', span, text, image: 'x', folders }, entries).map(({ label }) => label);

  test('whole paths, as far as they are written', () => {
    expect(labels('')).toEqual(['/etc/', '/entrypoint.sh']);
    expect(labels('/en')).toEqual(['/etc/', '/entrypoint.sh']);
    expect(labels('/usr/local/b')).toEqual(['/usr/local/etc/', '/usr/local/entrypoint.sh']);
    expect(labels('/', true)).toEqual(['/etc/']);
  });

  const asked = (marked: string): unknown[] => {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const { wants } = complete(parseModel(text), offset);
    return wants.flatMap((want) =>
      want.kind === 'files'
        ? [[want.image, want.text, ...(want.folders ? ['folders'] : [])]]
        : want.kind === 'accounts'
          ? [[want.image, want.groups ? 'groups' : 'users']]
          : [],
    );
  };

  test.each([
    ['FROM nginx:1 AS web\nFROM a\nCOPY --from=web /e|', [['nginx:1', '/e']]],
    ['FROM nginx:1\nFROM a\nCOPY --from=0 |', [['nginx:1', '']]],
    ['FROM a\nCOPY --from=busybox:1 /bin/|', [['busybox:1', '/bin/']]],
    ['FROM a\nRUN --mount=from=busybox:1,source=/bin/|', [['busybox:1', '/bin/']]],
    ['FROM a AS b\nFROM b\nCOPY x /|', [['a', '/']]],
    ['FROM a\nWORKDIR /|', [['a', '/', 'folders']]],
    ['FROM a\nVOLUME ["/v|"]', [['a', '/v', 'folders']]],
    ['FROM a\nUSER |', [['a', 'users']]],
    ['FROM a\nUSER x:|', [['a', 'groups']]],
    ['ARG V=3\nFROM a:$V\nCOPY --chown=|', [['a:3', 'users']]],
    ['FROM scratch\nCOPY x /|', []],
    ['FROM scratch\nUSER |', []],
    ['FROM $X\nUSER |', []],
    ['FROM a\nCOPY x |', []],
    ['FROM a\nCOPY x ../|', []],
    ['FROM a\nCOPY --from=7 /|', []],
    ['FROM a\nCOPY --from=$X /|', []],
    ['FROM a\nCOPY --from=b /*/|', []],
  ])('%j', (marked, expected) => expect(asked(marked)).toEqual(expected));
});
