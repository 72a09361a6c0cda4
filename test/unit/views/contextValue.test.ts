import { expect, test } from 'vitest';
import { contextValue, type RowState } from '../../../src/views/contextValue';

test.each<[RowState, string]>([
  [{ kind: 'container', state: 'running', web: true, compose: true }, 'container;running;web,compose'],
  [{ kind: 'container', state: 'exited', web: false, compose: true }, 'container;exited;compose'],
  [{ kind: 'container', state: 'created', web: false, compose: false }, 'container;created;'],
  [{ kind: 'containerGroup', by: 'stack' }, 'containerGroup;stack'],
  [{ kind: 'image', tagged: true, used: false }, 'image;tagged;unused'],
  [{ kind: 'image', tagged: false, used: true }, 'image;dangling;used'],
  [{ kind: 'repository' }, 'repository'],
  [{ kind: 'files' }, 'files'],
  [{ kind: 'file', as: 'directory', change: undefined }, 'file;directory;'],
  [{ kind: 'file', as: 'file', change: 'C' }, 'file;file;C'],
  [{ kind: 'volume', anonymous: true, users: [] }, 'volume;anonymous;unused'],
  [{ kind: 'volume', anonymous: false, users: ['web'] }, 'volume;named;used'],
  [{ kind: 'volumeUser', state: 'exited' }, 'volumeUser;exited'],
  [{ kind: 'network', predefined: true }, 'network;predefined'],
  [{ kind: 'networkGroup', by: 'compose' }, 'networkGroup;compose'],
  [{ kind: 'endpoint', state: 'running' }, 'endpoint;running'],
  [{ kind: 'engine', state: 'unavailable' }, 'engine;unavailable'],
  [{ kind: 'registry', added: true, loggedIn: false, web: true }, 'registry;added;out;web'],
  [{ kind: 'registry', added: false, loggedIn: true, web: false }, 'registry;known;in;'],
  [{ kind: 'registryTag', web: true }, 'registryTag;web'],
  [{ kind: 'registryRepository', web: false }, 'registryRepository;'],
])('%j', (row, value) => {
  expect(contextValue(row)).toBe(value);
});
