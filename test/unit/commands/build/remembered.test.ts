import type { Memento } from 'vscode';
import { expect, test } from 'vitest';
import { lastBuild, lastTag, rememberBuild, rememberTag } from '../../../../src/commands/build/remembered';

/** What the editor keeps: JSON. */
function kept(): Memento & { text(): string } {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => {
      const value = values.get(key);
      return value === undefined ? otherwise : (JSON.parse(value) as T);
    },
    update: (key, value) => {
      values.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
    text: () => [...values.values()].join('\n'),
  };
}

const at = (fsPath: string) => ({ fsPath, toString: () => `file://${fsPath}` });

test('a build is remembered, but no value that may be secret', async () => {
  const state = kept();
  const options = {
    context: '/w',
    tags: ['a:1'],
    target: 'x',
    buildArgs: { WHO: 'me', NPM_TOKEN: 's3cret' },
  };
  await rememberBuild(state, at('/w/Dockerfile'), options);
  expect(state.text()).not.toContain('s3cret');
  expect(lastBuild(state, at('/w/Dockerfile'))).toEqual({
    context: '/w',
    tags: ['a:1'],
    target: 'x',
    buildArgs: { WHO: 'me' },
    secretArgs: ['NPM_TOKEN'],
  });
  expect(lastBuild(state, at('/w/other'))).toBeUndefined();
});

test('the last fifty Dockerfiles are', async () => {
  const state = kept();
  for (let number = 0; number < 60; number++)
    await rememberBuild(state, at(`/${String(number)}`), { context: '/', tags: ['a'] });
  await rememberBuild(state, at('/20'), { context: '/', tags: ['b'] });
  expect(lastBuild(state, at('/9'))).toBeUndefined();
  expect(lastBuild(state, at('/10'))).toBeDefined();
  expect(lastBuild(state, at('/20'))?.tags).toEqual(['b']);
});

test('a tag is proposed: the last one, of a stage its own, else one after the folder', async () => {
  const state = kept();
  const file = at('/w/My App/Dockerfile');
  expect(lastTag(state, file)).toBe('my-app:latest');
  expect(lastTag(state, file, 'test')).toBe('my-app-test:latest');
  await rememberTag(state, file, { context: '/w', tags: ['app:2', 'app:3'] });
  await rememberTag(state, file, { context: '/w', tags: ['app:t'], target: 'test' });
  expect(lastTag(state, file)).toBe('app:2');
  expect(lastTag(state, file, 'test')).toBe('app:t');
});
