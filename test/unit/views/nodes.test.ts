import { expect, test } from 'vitest';
import { nodeId, repositoryOf, type Node } from '../../../src/views/nodes';

test('no two rows have the same id, whatever engines and projects are called', () => {
  const nodes: Node[] = [
    { kind: 'engine', engine: 'a' },
    { kind: 'engine', engine: 'a/b' },
    { kind: 'containerGroup', engine: 'a', by: 'compose', name: 'compose/x' },
    { kind: 'containerGroup', engine: 'a/compose', by: 'compose', name: 'x' },
    { kind: 'containerGroup', engine: 'a', by: 'none', name: 'compose' },
    { kind: 'container', engine: 'a', id: 'x' },
    { kind: 'files', engine: 'a', id: 'x' },
    { kind: 'file', engine: 'a', id: 'x', path: '/y', as: 'file' },
    { kind: 'file', engine: 'a', id: 'x', path: '/y/z', as: 'file' },
    { kind: 'fileNotice', engine: 'a', id: 'x', path: '/y' },
    { kind: 'repository', engine: 'a', name: 'x' },
    { kind: 'image', engine: 'a', id: 'x:1', imageId: 'i' },
    { kind: 'image', engine: 'a', id: 'x:2', imageId: 'i' },
  ];
  expect(new Set(nodes.map(nodeId)).size).toBe(nodes.length);
});

test.each([
  ['nginx:1.27', 'nginx'],
  ['localhost:5000/web:1', 'localhost:5000/web'],
  ['localhost:5000/web', 'localhost:5000/web'],
])('%s is of the repository %s', (tag, repository) => {
  expect(repositoryOf(tag)).toBe(repository);
});
