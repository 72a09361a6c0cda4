import { expect, test } from 'vitest';
import { parseCall, parseTargetlessCall } from '../../../src/commands/call';
import type { Node } from '../../../src/views/nodes';

const container = (id: string): Node => ({ kind: 'container', engine: 'default', id });
const [one, two, three] = [container('1'), container('2'), container('3')];
const file = (fsPath: string) => ({ scheme: 'file', fsPath, path: fsPath });

test('the palette gives nothing, and somebody can be asked', () => {
  expect(parseCall([])).toEqual({ fromUi: true, nodes: [], onRows: false, files: [], args: [undefined] });
});

test('nothing and options is still a question, with the options kept', () => {
  expect(parseCall([undefined, { timeout: 1 }])).toMatchObject({
    fromUi: true,
    args: [undefined, { timeout: 1 }],
  });
});

test('a menu acts on the whole selection when the click was within it', () => {
  const call = { fromUi: true, nodes: [one, two], onRows: true, files: [], args: [] };
  expect(parseCall([two, [one, two]])).toEqual(call);
});

test('and on the clicked row alone when it was not', () => {
  expect(parseCall([three, [one, two]]).nodes).toEqual([three]);
  expect(parseCall([three, undefined]).nodes).toEqual([three]);
});

test('a title menu tells where the user is, not what is meant', () => {
  expect(parseCall([one])).toMatchObject({ fromUi: true, nodes: [one], onRows: false });
  expect(parseCall([one, undefined])).toMatchObject({ fromUi: true, nodes: [one], onRows: true });
});

test('a row that has gone while its menu was open is not taken for the palette', () => {
  for (const args of [
    [undefined, undefined],
    [null, null],
    [undefined, [one]],
  ])
    expect(parseCall(args)).toMatchObject({ fromUi: true, nodes: [], rowLost: true });
  for (const args of [[], [undefined], [null], [undefined, { timeout: 1 }]])
    expect(parseCall(args).rowLost).toBeUndefined();
});

test('rows that VS Code made anew are recognised by what they stand for', () => {
  expect(parseCall([{ ...two }, [one, { ...two }]]).nodes).toEqual([one, two]);
});

test.each([
  ['an object', [{ id: 'web' }]],
  ['an object with options', [{ id: 'web' }, { timeout: 1 }]],
  ['a list', [[{ id: 'web' }, { id: 'db' }]]],
  ['an empty list', [[]]],
  ['options alone', [{ reference: 'nginx' }]],
])('%s says everything', (_, args) => {
  expect(parseCall(args)).toEqual({ fromUi: false, nodes: [], onRows: false, files: [], args });
});

test('a row with options says everything too', () => {
  expect(parseCall([one, { timeout: 1 }])).toEqual({
    fromUi: false,
    nodes: [one],
    onRows: true,
    files: [],
    args: [undefined, { timeout: 1 }],
  });
});

test('a list of rows is a selection', () => {
  const call = { fromUi: true, nodes: [one, two], onRows: true, files: [], args: [] };
  expect(parseCall([[one, two]])).toEqual(call);
});

test('the Explorer hands over files', () => {
  const [a, b] = [file('/a'), file('/b')];
  const call = { fromUi: true, nodes: [], onRows: false, files: [a, b], args: [] };
  expect(parseCall([a, [a, b]])).toEqual(call);
  expect(parseCall([a, undefined]).files).toEqual([a]);
});

test('without a target, options may come first or second', () => {
  const options = { confirm: true };
  for (const args of [[options], [undefined, options], [null, options]]) {
    expect(parseTargetlessCall(args)).toMatchObject({ fromUi: false, args: [options] });
  }
  expect(parseTargetlessCall([{ engine: 'far' }, options]).args).toEqual([{ engine: 'far', confirm: true }]);
  expect(parseTargetlessCall([one, options])).toMatchObject({ args: [{ engine: 'default', confirm: true }] });
  expect(parseTargetlessCall([])).toMatchObject({ fromUi: true, args: [undefined] });
  expect(parseTargetlessCall([one])).toMatchObject({ fromUi: true, nodes: [one] });
});
