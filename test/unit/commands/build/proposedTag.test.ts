import { expect, test } from 'vitest';
import { proposedTag } from '../../../../src/commands/build/proposedTag';
import { parseReference } from '../../../../src/engine/run/reference';

test.each([
  ['app', 'app:latest'],
  ['My Web.App_2', 'my-web-app-2:latest'],
  ['Größe', 'gro-e:latest'],
  ['--x--', 'x:latest'],
  ['日本', 'image:latest'],
  ['', 'image:latest'],
])('%j becomes %s', (folder, tag) => {
  expect(proposedTag(folder)).toBe(tag);
  expect(() => parseReference(tag)).not.toThrow();
});
