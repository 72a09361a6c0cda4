import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contextValue, type RowState } from '../../../src/views/contextValue';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string; icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
  };
}

const read = (name: string): unknown => JSON.parse(readFileSync(name, 'utf8'));
const manifestText = readFileSync('package.json', 'utf8');
const { contributes } = JSON.parse(manifestText) as Manifest;
const rowMenu = contributes.menus['view/item/context'] ?? [];

const CONTAINER_STATES = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
] as const;
const container = (state: (typeof CONTAINER_STATES)[number], web = false, compose = false): RowState => ({
  kind: 'container',
  state,
  web,
  compose,
});
const ROWS: readonly RowState[] = [
  ...CONTAINER_STATES.flatMap((state) =>
    [false, true].flatMap((web) => [false, true].map((compose) => container(state, web, compose))),
  ),
  ...(['compose', 'stack', 'none'] as const).map((by) => ({ kind: 'containerGroup' as const, by })),
  ...[false, true].flatMap((tagged) =>
    [false, true].map((used) => ({ kind: 'image' as const, tagged, used })),
  ),
  { kind: 'repository' },
  { kind: 'files' },
  { kind: 'fileNotice' },
  ...(['directory', 'file', 'special', 'deleted'] as const).flatMap((as) =>
    (['A', 'C', 'D', undefined] as const).map((change) => ({ kind: 'file' as const, as, change })),
  ),
  ...(['volumeGroup', 'networkGroup'] as const).flatMap((kind) =>
    (['compose', 'stack', 'none'] as const).map((by) => ({ kind, by })),
  ),
  ...[false, true].flatMap((anonymous) =>
    [[], ['web']].map((users) => ({ kind: 'volume' as const, anonymous, users })),
  ),
  ...[false, true].map((predefined) => ({ kind: 'network' as const, predefined })),
  ...(['volumeUser', 'endpoint'] as const).flatMap((kind) =>
    CONTAINER_STATES.map((state) => ({ kind, state })),
  ),
  ...(['connected', 'unavailable', 'starting', 'idle'] as const).map((state) => ({
    kind: 'engine' as const,
    state,
  })),
  ...[false, true].flatMap((added) =>
    [false, true].flatMap((loggedIn) =>
      [false, true].map((web) => ({ kind: 'registry' as const, added, loggedIn, web })),
    ),
  ),
  ...(['registryRepository', 'registryTag'] as const).flatMap((kind) =>
    [false, true].map((web) => ({ kind, web })),
  ),
  { kind: 'registryNotice' },
  ...(['replicated', 'global', 'job'] as const).map((mode) => ({ kind: 'service' as const, mode })),
  ...['active', 'pause', 'drain'].flatMap((availability) =>
    ['worker', 'manager'].map((role) => ({ kind: 'swarmMember' as const, role, availability })),
  ),
];

/** The part of VS Code's `when` language that the row menu uses. Throws for any other, so that none goes untested. */
function holds(when: string, viewItem: string, several: boolean): boolean {
  const term = (text: string): boolean => {
    if (text === 'listMultiSelection') return several;
    if (text === '!listMultiSelection') return !several;
    // Only the rows of that view are such.
    if (text === 'view == quayside.swarm') return /^(?:service|swarmMember);/.test(viewItem);
    const pattern = /^viewItem =~ \/(.+)\/$/.exec(text)?.[1];
    if (pattern !== undefined) return new RegExp(pattern).test(viewItem);
    const value = /^viewItem == (\S+)$/.exec(text)?.[1];
    if (value === undefined) throw new Error(`Not understood: ${text}`);
    return viewItem === value;
  };
  return when.split(' || ').some((all) => all.split(' && ').every(term));
}

/** Short ids of what a row's menu offers, `inline` or not; `several`: it is one of a selection. */
function offered(row: RowState, { inline = false, several = false } = {}): string[] {
  return rowMenu
    .filter(({ group = '' }) => group.startsWith('inline') === inline)
    .filter(({ when = '' }) => holds(when, contextValue(row), several))
    .map(({ command }) => command.replace(/^quayside\./, ''));
}

const stateVerbs = ['start', 'stop', 'restart', 'pause', 'unpause', 'kill'].map(
  (verb) => `containers.${verb}`,
);

describe('a row offers what its state allows', () => {
  test.each([
    ['created', ['start', 'restart']],
    ['running', ['stop', 'restart', 'pause', 'kill']],
    ['paused', ['start', 'stop', 'restart', 'unpause', 'kill']],
    ['restarting', ['stop', 'restart', 'kill']],
    ['removing', []],
    ['exited', ['start', 'restart']],
    ['dead', ['start', 'restart']],
  ] as const)('%s', (state, verbs) => {
    const found = offered(container(state)).filter((id) => stateVerbs.includes(id));
    expect(found).toEqual(verbs.map((verb) => `containers.${verb}`));
  });

  test('its buttons are start or stop, logs, and a shell while it runs', () => {
    const inline = (state: (typeof CONTAINER_STATES)[number]) => offered(container(state), { inline: true });
    expect(inline('running')).toEqual(['containers.stop', 'containers.logs', 'containers.shell']);
    expect(inline('exited')).toEqual(['containers.start', 'containers.logs']);
    expect(inline('paused')).toEqual(['containers.start', 'containers.logs']);
    expect(inline('removing')).toEqual([]);
    expect(offered({ kind: 'image', tagged: true, used: false }, { inline: true })).toEqual(['images.run']);
  });

  test('the browser is offered for what runs and publishes a port', () => {
    const web = ROWS.filter((row) => offered(row).includes('containers.openInBrowser'));
    expect(web).toEqual([container('running', true, false), container('running', true, true)]);
  });

  test('being in a compose project takes nothing away', () => {
    for (const state of CONTAINER_STATES) {
      expect(offered(container(state, true, true))).toEqual(offered(container(state, true, false)));
    }
  });

  test('an image without a name cannot be pulled or pushed', () => {
    const dangling = offered({ kind: 'image', tagged: false, used: false });
    expect(dangling).not.toContain('images.pull');
    expect(dangling).not.toContain('images.push');
    expect(dangling).toContain('images.run');
  });

  test('a selection of different states is offered every verb of a state, and none that is for one alone', () => {
    for (const state of CONTAINER_STATES.filter((other) => other !== 'removing')) {
      const ids = offered(container(state, true), { several: true });
      expect(ids.filter((id) => stateVerbs.includes(id)).sort(), state).toEqual([...stateVerbs].sort());
      expect(ids).not.toContain('containers.rename');
      expect(ids).not.toContain('containers.openInBrowser');
    }
    expect(offered(container('removing'), { several: true })).toEqual([]);
    expect(offered({ kind: 'image', tagged: true, used: true }, { several: true })).not.toContain(
      'images.tag',
    );
  });

  test('the engine’s own networks cannot be removed, and a connection can be ended where it is shown', () => {
    expect(offered({ kind: 'network', predefined: true })).not.toContain('networks.remove');
    expect(offered({ kind: 'network', predefined: false })).toContain('networks.remove');
    expect(offered({ kind: 'network', predefined: true }, { inline: true })).toEqual(['networks.connect']);
    for (const state of CONTAINER_STATES)
      expect(offered({ kind: 'endpoint', state }, { inline: true })).toEqual(['networks.disconnect']);
  });

  test('several volumes are removed and backed up together, but emptied and cloned one by one', () => {
    const ids = offered({ kind: 'volume', anonymous: false, users: [] }, { several: true });
    expect(ids).toEqual(['volumes.backup', 'volumes.inspect', 'volumes.showSizes', 'volumes.remove']);
  });

  test('only a service that has a number of replicas is scaled, and each is updated for itself', () => {
    const scaled = ROWS.filter((row) => offered(row).includes('swarm.services.scale')).map(contextValue);
    expect(scaled).toEqual(['service;replicated']);
    const ids = offered({ kind: 'service', mode: 'global' }, { several: true });
    expect(ids).not.toContain('swarm.services.update');
    expect(ids).toContain('swarm.services.remove');
  });

  test('an engine that is not there is not asked for anything', () => {
    const ids = offered({ kind: 'engine', state: 'unavailable' });
    expect(ids).toEqual(['engines.use', 'engines.reconnect', 'engines.forget']);
  });
});

describe('a file offers what it can', () => {
  const file = (as: 'directory' | 'file' | 'special' | 'deleted', change?: 'A' | 'C' | 'D'): RowState => ({
    kind: 'file',
    as,
    change,
  });
  test('what was deleted can only be looked at', () => {
    expect(offered(file('deleted', 'D'))).toEqual(['files.open', 'files.copyPath']);
  });
  test('an added file has nothing to compare with', () => {
    expect(offered(file('file', 'A'))).not.toContain('files.compareWithImage');
    expect(offered(file('file', 'C'))).toContain('files.compareWithImage');
    expect(offered(file('file', 'C'), { inline: true })).toEqual(['files.compareWithImage']);
  });
  test('only what is a directory takes files, and the root stays', () => {
    const takers = ROWS.filter((row) => offered(row).includes('files.upload')).map(contextValue);
    expect(takers).toEqual(['files', ...['A', 'C', 'D', ''].map((change) => `file;directory;${change}`)]);
    expect(offered({ kind: 'files' })).not.toContain('files.delete');
  });
  test('several can be downloaded and deleted', () => {
    expect(offered(file('file'), { several: true })).toEqual([
      'files.download',
      'files.copyPath',
      'files.delete',
    ]);
  });
});

test('every row has something to offer, but one that is going', () => {
  const bare = ROWS.filter((row) => offered(row).length === 0).map(contextValue);
  expect(bare).toEqual(ROWS.map(contextValue).filter((value) => value.startsWith('container;removing;')));
});

test('every entry of the row menu fits at least one row, and never the same row twice', () => {
  for (const { command, when = '', group = '' } of rowMenu) {
    const fitting = ROWS.filter((row) => holds(when, contextValue(row), false));
    expect(fitting, `${command} (${group})`).not.toEqual([]);
  }
  for (const row of ROWS) {
    for (const inline of [false, true]) {
      const ids = offered(row, { inline });
      expect(ids, contextValue(row)).toEqual([...new Set(ids)]);
    }
  }
});

test('menus name commands that are there, in groups that sort', () => {
  const ids = new Set(contributes.commands.map(({ command }) => command));
  for (const [menu, items] of Object.entries(contributes.menus)) {
    for (const { command, group } of items) {
      expect(ids, `${menu}: ${command}`).toContain(command);
      if (menu !== 'commandPalette') expect(group).toMatch(/^(?:navigation|inline|\d_\w+)@\d+$/);
    }
  }
});

test('no two commands read the same in the palette', () => {
  const titles = contributes.commands.map(({ category, title }) => `${say(category)}: ${say(title)}`);
  expect(titles).toEqual([...new Set(titles)]);
});

test('every word of the manifest is there to be translated', () => {
  const used = [...manifestText.matchAll(/%([\w.]+)%/g)].map(([, key = '']) => key);
  expect(used.filter((key) => words[key] === undefined)).toEqual([]);
  expect(Object.keys(words).filter((key) => !used.includes(key))).toEqual([]);
  for (const { title, category } of contributes.commands)
    expect([title, category].join()).toMatch(/^%\S+%,%\S+%$/);
});

const words = read('package.nls.json') as Record<string, string>;

function say(key: string): string {
  return words[key.slice(1, -1)] ?? key;
}
