import { describe, expect, test } from 'vitest';
import { matchesContainer, matchesImage, parseFilter } from '../../../src/views/filter';
import { container, image, tcp } from './samples';

describe('parseFilter', () => {
  const term = (key: string, value: string, negated = false): object => ({ key, value, negated });
  test.each([
    ['', []],
    ['   ', []],
    ['web', [term('text', 'web')]],
    [
      'state:running label:x=y name:Web',
      [term('state', 'running'), term('label', 'x=y'), term('name', 'web')],
    ],
    ['-state:exited -test', [term('state', 'exited', true), term('text', 'test', true)]],
    ['"two words"', [term('text', 'two words')]],
    ['label:"a=b c" -name:"x y"', [term('label', 'a=b c'), term('name', 'x y', true)]],
    ['label:a="b c"d', [term('label', 'a=b cd')]],
    ['STATE:Running', [term('state', 'running')]],
    ['status:exited ancestor:nginx', [term('state', 'exited'), term('image', 'nginx')]],
    // A key that is none is part of the text.
    ['nginx:latest', [term('text', 'nginx:latest')]],
    ['localhost:5000/web:1', [term('text', 'localhost:5000/web:1')]],
    ['text:x', [term('text', 'text:x')]],
    // Half typed.
    ['state:', []],
    ['-', []],
    ['name:"unfinished bus', [term('name', 'unfinished bus')]],
  ])('%j', (text, terms) => {
    expect(parseFilter(text)).toEqual(terms);
  });
});

describe('a container', () => {
  const web = container({
    id: 'feedbeef' + '0'.repeat(56),
    name: 'shop-web-1',
    image: 'nginx:1.27',
    state: 'running',
    health: 'unhealthy',
    ports: [tcp(8088, 80)],
    labels: { 'com.docker.compose.project': 'shop', tier: 'front', Owner: 'Ann' },
    networks: [{ name: 'shop_default', ip: '10.0.0.2', aliases: [] }],
  });
  test.each([
    'web',
    'SHOP',
    'nginx:1.27',
    '8088',
    'feedbeef',
    'state:running',
    'state:run',
    'health:unhealthy',
    'name:web-1',
    'image:nginx',
    'label:tier',
    'label:tier=front',
    'label:owner=ann',
    'project:shop',
    'network:shop',
    'port:80',
    'port:8088',
    'id:feed',
    '-state:exited',
    'web state:running -name:db',
    '',
  ])('%j lets it through', (text) => {
    expect(matchesContainer(parseFilter(text), web)).toBe(true);
  });
  test.each([
    'db',
    'state:exited',
    'health:healthy',
    'health:none',
    'name:nginx',
    'label:tier=fro',
    'label:front',
    'port:808',
    'feed1',
    '-web',
    'web state:exited',
  ])('%j hides it', (text) => {
    expect(matchesContainer(parseFilter(text), web)).toBe(false);
  });
});

describe('an image', () => {
  const nginx = image({ tags: ['nginx:1.27'], labels: { maintainer: 'ann' } });
  const user = container({ imageId: nginx.id, state: 'running' });
  const matches = (text: string, users = [user]): boolean =>
    matchesImage(parseFilter(text), nginx, 'nginx:1.27', users);

  test('is found by its tag, id and labels', () => {
    for (const text of ['nginx', 'image:1.27', 'name:nginx:1', `id:${nginx.id}`, 'label:maintainer=ann']) {
      expect(matches(text), text).toBe(true);
    }
    for (const text of ['redis', 'label:x', '-nginx']) expect(matches(text), text).toBe(false);
  });

  test('what only containers have is asked of those that use it', () => {
    expect(matches('state:running')).toBe(true);
    expect(matches('state:exited')).toBe(false);
    expect(matches('state:running', [])).toBe(false);
    expect(matches('-state:running', [])).toBe(true);
  });
});
