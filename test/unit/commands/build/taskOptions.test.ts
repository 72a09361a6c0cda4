import { describe, expect, test } from 'vitest';
import { optionsOfTask } from '../../../../src/commands/build/taskOptions';

const of = (definition: Record<string, unknown>) =>
  optionsOfTask(definition, '/work', (dockerfile, target) => `tag-of:${dockerfile}:${target ?? ''}`);

describe('the options of a task', () => {
  test.each([
    ['nothing', {}, '/work', '/work/Dockerfile'],
    [
      'a Dockerfile in a folder',
      { dockerfile: 'api/Dockerfile.dev' },
      '/work/api',
      '/work/api/Dockerfile.dev',
    ],
    ['a context', { context: 'api' }, '/work/api', '/work/api/Dockerfile'],
    ['both', { context: '.', dockerfile: 'api/Dockerfile' }, '/work', '/work/api/Dockerfile'],
    ['whole paths', { context: '/else', dockerfile: '/there/D' }, '/else', '/there/D'],
  ])('paths: %s', (_, definition, context, dockerfile) => {
    expect(of(definition)).toMatchObject({ context, dockerfile });
  });

  test('everything', () => {
    const definition = {
      tags: ['a:1', 'b'],
      target: 'test',
      buildArgs: { A: 'x', B: 1, C: true, D: null },
      platform: 'linux/arm64',
      noCache: true,
      pull: true,
    };
    expect(of({ type: 'quayside-build', ...definition })).toEqual({
      ...definition,
      context: '/work',
      dockerfile: '/work/Dockerfile',
      buildArgs: { A: 'x', B: '1', C: 'true', D: null },
    });
  });

  test.each([
    ['one text', { tags: 'a:1' }, ['a:1']],
    ['none', {}, ['tag-of:/work/Dockerfile:']],
    ['an empty list, of a stage', { tags: [], target: 'x' }, ['tag-of:/work/Dockerfile:x']],
  ])('tags: %s', (_, definition, tags) => {
    expect(of(definition).tags).toEqual(tags);
  });

  test.each([
    ['context', { context: 1 }],
    ['dockerfile', { dockerfile: '' }],
    ['target', { target: ['x'] }],
    ['tags', { tags: [1] }],
    ['tags', { tags: { a: 'b' } }],
    ['buildArgs', { buildArgs: ['A=1'] }],
    ['buildArgs', { buildArgs: { A: {} } }],
    ['buildArgs', { buildArgs: 'A=1' }],
    ['noCache', { noCache: 'yes' }],
    ['pull', { pull: null }],
  ])('%s that makes no sense is refused: %j', (name, definition) => {
    const work = (): unknown => of(definition);
    expect(work).toThrow(`"${name}"`);
    expect(work).toThrow('tasks.json');
  });
});
