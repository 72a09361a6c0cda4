import { describe, expect, test } from 'vitest';
import type { Container, Image } from '../../../src/engine/model/types';
import { parseFilter } from '../../../src/views/filter';
import { imageTree } from '../../../src/views/imageTree';
import { nodeId } from '../../../src/views/nodes';
import type { Branch } from '../../../src/views/rows';
import { CONNECTED, container, HOUR, image, names, NOW } from './samples';

function branches(
  images: readonly Image[],
  containers: readonly Container[] = [],
  filter = '',
): readonly Branch[] {
  const source = { engine: 'default', state: CONNECTED, images, containers };
  return imageTree([source], { filter: parseFilter(filter), now: NOW }).branches;
}

describe('grouping', () => {
  test('several tags of a repository under it, the newest first; one alone by its whole name; no name last', () => {
    const all = [
      image({ id: 'sha256:' + '1'.repeat(64) }),
      image({ id: 'sha256:' + '2'.repeat(64), created: NOW }),
      image({ tags: ['redis:7'] }),
      image({ tags: ['localhost:5000/web:1'], created: NOW - 9 * HOUR }),
      image({ tags: ['localhost:5000/web:2', 'localhost:5000/web:latest'], created: NOW - HOUR }),
    ];
    expect(names(branches(all))).toEqual([
      ['localhost:5000/web', ['2', 'latest', '1']],
      'redis:7',
      ['<none>', ['222222222222', '111111111111']],
    ]);
  });

  test('one image under two names is two rows', () => {
    const rows = branches([image({ tags: ['a:1', 'b:1'] })]);
    expect(names(rows)).toEqual(['a:1', 'b:1']);
    expect(new Set(rows.map(({ node }) => nodeId(node))).size).toBe(2);
  });

  test('an image pulled by digest stands under its repository', () => {
    const id = 'sha256:' + '3'.repeat(64);
    const rows = branches([image({ id, digests: ['nginx@sha256:' + 'd'.repeat(64)] })]);
    expect(names(rows)).toEqual(['nginx 333333333333']);
    expect(rows[0]?.node).toMatchObject({ id, imageId: id });
  });
});

describe('rows', () => {
  const used = image({ tags: ['a:1'] });
  const dangling = image();

  test('in use, unused and dangling differ in more than colour', () => {
    const rows = branches([used, image({ tags: ['b:1'] }), dangling], [container({ imageId: used.id })]);
    expect(rows.map(({ row }) => row.kind === 'image' && [row.tagged, row.used])).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });

  test('a node acts by its tag, or by the id where there is none', () => {
    expect(branches([used])[0]?.node).toEqual({
      kind: 'image',
      engine: 'default',
      id: 'a:1',
      imageId: used.id,
    });
    expect(branches([dangling])[0]?.node).toMatchObject({ id: dangling.id });
  });

  test('the filter asks for tags and for the containers that use them', () => {
    const all = [used, image({ tags: ['b:1'] })];
    expect(names(branches(all, [container({ imageId: used.id })], 'state:running'))).toEqual(['a:1']);
    expect(names(branches(all, [], 'b:1'))).toEqual(['b:1']);
  });
});
