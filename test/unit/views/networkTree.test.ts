import { describe, expect, test } from 'vitest';
import type { Container } from '../../../src/engine/model/types';
import { parseFilter } from '../../../src/views/filter';
import { networkTree, type NetworkSource } from '../../../src/views/networkTree';
import type { Tree } from '../../../src/views/rows';
import { CONNECTED, container, names, network } from './samples';

const ALL = [
  network({ name: 'none', predefined: true, driver: 'null' }),
  network({ name: 'bridge', predefined: true }),
  network({ name: 'front', subnets: [{ subnet: '172.30.0.0/16', gateway: '172.30.0.1' }] }),
  network({ name: 'shop_default', labels: { 'com.docker.compose.project': 'shop' } }),
];
const joined = (name: string, ...nets: [string, string][]): Container =>
  container({ name, networks: nets.map(([net, ip]) => ({ name: net, ip, aliases: [] })) });

function tree(
  containers: readonly Container[],
  { filter = '', aliases = () => undefined }: { filter?: string; aliases?: NetworkSource['aliases'] } = {},
): Tree {
  const source = { engine: 'default', state: CONNECTED, networks: ALL, containers, aliases };
  return networkTree([source], { groupBy: 'compose', filter: parseFilter(filter) });
}

describe('the Networks tree', () => {
  const containers = [
    joined('web', ['front', '172.30.0.2'], ['shop_default', '172.18.0.2']),
    joined('stopped', ['bridge', '']),
  ];

  test('projects first, the engine’s own networks last, with the addresses of those connected', () => {
    expect(names(tree(containers).branches)).toEqual([
      ['shop 1', [['shop_default', ['web 172.18.0.2']]]],
      [
        'others',
        [
          ['front', ['web 172.30.0.2']],
          ['bridge', ['stopped ']],
          ['none', []],
        ],
      ],
    ]);
  });

  test('names a container has in a network are shown once they are known', () => {
    const { branches } = tree(containers, {
      filter: 'name:front',
      aliases: (_, { name }) => (name === 'front' ? ['db'] : undefined),
    });
    expect(branches[0]?.children?.[0]?.row).toMatchObject({ aliases: ['db'] });
    expect(tree(containers, { filter: 'name:front' }).branches[0]?.children?.[0]?.row).not.toHaveProperty(
      'aliases',
    );
  });

  test.each([
    ['172.30', ['front']],
    ['web', ['shop_default', 'front']],
    ['network:bridge', ['bridge']],
    ['state:running project:shop', ['shop_default']],
  ])('filter %s', (filter, shown) => {
    const source = {
      engine: 'default',
      state: CONNECTED,
      networks: ALL,
      containers,
      aliases: () => undefined,
    };
    const { branches } = networkTree([source], { groupBy: 'none', filter: parseFilter(filter) });
    expect(
      names(branches)
        .map(([name]) => name)
        .sort(),
    ).toEqual([...shown].sort());
  });
});
