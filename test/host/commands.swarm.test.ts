import assert from 'node:assert/strict';
import os from 'node:os';
import { commands, env, extensions, window } from 'vscode';
import { Engine } from '../../src/engine/engine';
import type { Commands } from '../../src/ids';
import { serviceLogTerminal } from '../../src/terminals/serviceLogTerminal';
import { ask, BASE, ready, refuses, run, until } from './commandsSupport';
import { engineHost, engineIsShared, skipBecause } from './support';

interface Service {
  readonly ID: string;
  readonly Spec: {
    readonly Name: string;
    readonly Mode: { readonly Replicated?: { readonly Replicas: number }; readonly Global?: object };
    readonly TaskTemplate: {
      readonly ForceUpdate: number;
      readonly ContainerSpec: { readonly Image: string };
    };
  };
}

const TOKEN = /^docker swarm join --token SWMTKN-1-[a-z0-9-]+ 127\.0\.0\.1:2377$/;
const OTHER = 'quayside-host/other:1';

const service = (id: string): Promise<Service> => ask('GET', `/services/${id}`) as Promise<Service>;
const replicas = async (id: string): Promise<unknown> => (await service(id)).Spec.Mode.Replicated?.Replicas;
const template = async (id: string): Promise<Service['Spec']['TaskTemplate']> =>
  (await service(id)).Spec.TaskTemplate;
const gone = (id: string): Promise<boolean> =>
  service(id).then(
    () => false,
    () => true,
  );
const swarmState = async (): Promise<string> =>
  ((await ask('GET', '/info')) as { Swarm: { LocalNodeState: string } }).Swarm.LocalNodeState;

/** A service on the host's network: the machine of the tests need not have another. */
type Options = Partial<NonNullable<Parameters<Commands['quayside.swarm.services.create']>[0]>>;
async function create(name: string, options: Options = {}): Promise<string> {
  const command = ['sleep', '1000'];
  const replicas = options.mode === 'global' ? {} : { replicas: 0 };
  const all = { name, image: BASE, command, networks: ['host'], ...replicas, ...options };
  return (await run('quayside.swarm.services.create', all)).id;
}

/** A row of the engine's, as a menu hands it over. */
function row(kind: 'service' | 'swarmMember', id: string): unknown {
  const engine = extensions.getExtension<{ engines: { shown: { name: string }[] } }>('quayside.quayside');
  const [shown] = engine?.exports.engines.shown ?? [];
  assert.ok(shown);
  return { kind, engine: shown.name, id };
}

/** Answers every question of a command with what it proposes. */
async function accepting<T>(command: Thenable<T>): Promise<T> {
  const called = { over: false };
  const end = Promise.resolve(command).finally(() => (called.over = true));
  await until('its end', async () => {
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return called.over;
  });
  return end;
}

suite('commands: a swarm', () => {
  let node: string;

  suiteSetup(async () => {
    await ready();
    if (!engineIsShared) ({ node } = await run('quayside.swarm.init', { advertiseAddr: '127.0.0.1' }));
  });
  setup(function () {
    if (engineIsShared) skipBecause(this, 'others use this engine');
  });
  suiteTeardown(async () => {
    if (!engineIsShared) await ask('POST', '/swarm/leave?force=true').catch(() => undefined);
  });
  teardown(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    if (engineIsShared || (await swarmState()) !== 'active') return;
    for (const { ID } of (await ask('GET', '/services')) as Service[]) await ask('DELETE', `/services/${ID}`);
  });

  test('is made, and tells how others join it', async () => {
    const { Swarm } = (await ask('GET', '/info')) as { Swarm: { NodeID: string; ControlAvailable: boolean } };
    assert.deepEqual([Swarm.NodeID, Swarm.ControlAvailable], [node, true]);
    await refuses(run('quayside.swarm.init', { advertiseAddr: '127.0.0.1' }), 'conflict', /already/);
    const { JoinTokens } = (await ask('GET', '/swarm')) as {
      JoinTokens: Record<'Worker' | 'Manager', string>;
    };
    const line = await run('quayside.swarm.copyJoinCommand', {});
    assert.match(line, TOKEN);
    assert.ok(line.includes(JoinTokens.Worker));
    assert.equal(await env.clipboard.readText(), line);
    const other = await run('quayside.swarm.copyJoinCommand', { as: 'manager' });
    assert.ok(other.includes(JoinTokens.Manager));
    await refuses(
      run('quayside.swarm.copyJoinCommand', { as: 'leader' as never }),
      'invalid',
      /worker, manager/,
    );
  });

  test('a service is created, with a word on an image that no registry has', async () => {
    const options = {
      name: 'made',
      image: BASE,
      networks: ['host'],
      replicas: 2,
      command: ['sleep', '1000'],
    };
    const { id, warnings } = await run('quayside.swarm.services.create', options);
    assert.match(warnings.join(), /No registry could say what quayside-host\/base:latest is/);
    const { ID, Spec } = await service('made');
    assert.deepEqual([ID, Spec.Mode.Replicated?.Replicas], [id, 2]);
    assert.equal(Spec.TaskTemplate.ContainerSpec.Image, BASE);
    const everywhere = await create('everywhere', { mode: 'global' });
    assert.deepEqual((await service(everywhere)).Spec.Mode, { Global: {} });
    await refuses(create('made'), 'conflict', /already/);
    await refuses(run('quayside.swarm.services.create', {} as never), 'invalid', /image/);
    await refuses(create('other', { ports: ['80:80:80:80'] }), 'invalid', /80:80:80:80/);
    assert.ok(await gone('other'));
  });

  test('the questions for a new service propose what makes one', async () => {
    const made = await accepting(
      commands.executeCommand<{ id: string } | undefined>('quayside.swarm.services.create'),
    );
    assert.ok(made);
    const { Spec } = await service(made.id);
    const image = /([\w-]+)[:@][^/]*$/.exec(Spec.TaskTemplate.ContainerSpec.Image);
    assert.deepEqual([Spec.Name, Spec.Mode], [image?.[1], { Replicated: { Replicas: 1 } }]);
  });

  test('services are scaled, each with what became of it', async () => {
    const [one, two] = [await create('one'), await create('two')];
    assert.deepEqual(await run('quayside.swarm.services.scale', { id: 'one' }, { replicas: 2 }), {
      done: [one],
      failed: [],
    });
    assert.equal(await replicas(one), 2);
    const targets = [{ id: 'one' }, { id: 'qs-nowhere' }, { id: two.slice(0, 10) }];
    const { done, failed } = await run('quayside.swarm.services.scale', targets, { replicas: 3 });
    assert.deepEqual(done, [one, two]);
    assert.deepEqual(
      failed.map(({ id, error }) => [id, error.kind]),
      [['qs-nowhere', 'notFound']],
    );
    assert.deepEqual([await replicas(one), await replicas(two)], [3, 3]);
    await refuses(run('quayside.swarm.services.scale', { id: 'one' }, { replicas: -1 }), 'invalid', /-1/);
    await refuses(run('quayside.swarm.services.scale', { id: 'one' }), 'invalid', /replicas/);
    assert.equal(await replicas(one), 3);
    const everywhere = await create('everywhere', { mode: 'global' });
    await refuses(
      run('quayside.swarm.services.scale', { id: everywhere }, { replicas: 1 }),
      'invalid',
      /everywhere is no service with replicas/,
    );
  });

  test('an update starts the tasks anew or takes another image, and is rolled back', async () => {
    const id = await create('updated');
    const target = { id: 'updated' };
    await refuses(run('quayside.swarm.services.rollback', target), 'conflict', /never been updated/);
    await refuses(run('quayside.swarm.services.update', target, {}), 'invalid', /nothing to change/);
    const outcome = { done: [id], failed: [] };
    assert.deepEqual(await run('quayside.swarm.services.update', target, { force: true }), outcome);
    assert.equal((await template(id)).ForceUpdate, 1);
    assert.deepEqual(await run('quayside.swarm.services.update', target, { image: OTHER }), outcome);
    assert.equal((await template(id)).ContainerSpec.Image, OTHER);
    assert.deepEqual(await run('quayside.swarm.services.rollback', target), outcome);
    assert.equal((await template(id)).ContainerSpec.Image, BASE);
  });

  test('the image that is there, left as it is, starts the tasks anew', async () => {
    const id = await create('asked');
    const one = row('service', id);
    await accepting(commands.executeCommand('quayside.swarm.services.update', one, [one]));
    // From the palette the service is asked for, too.
    await accepting(commands.executeCommand('quayside.swarm.services.update'));
    const { ForceUpdate, ContainerSpec } = await template(id);
    assert.deepEqual([ForceUpdate, ContainerSpec.Image], [2, BASE]);
  });

  test('rows are what the commands act on', async () => {
    const [one, two] = [row('service', await create('one')), row('service', await create('two'))];
    const outcome = await commands.executeCommand('quayside.swarm.services.scale', [one, two], {
      replicas: 4,
    });
    const ids = [one, two].map((each) => (each as { id: string }).id);
    assert.deepEqual(outcome, { done: ids, failed: [] });
    assert.deepEqual(await Promise.all(ids.map(replicas)), [4, 4]);
    const inspected = await commands.executeCommand(
      'quayside.swarm.nodes.inspect',
      row('swarmMember', node),
      {
        show: false,
      },
    );
    assert.deepEqual(inspected, await ask('GET', `/nodes/${node}`));
  });

  test('the logs of its tasks, as text and as they grow', async () => {
    const command = ['sh', '-c', 'echo out; echo err >&2; while sleep 1; do echo more; done'];
    const id = await create('talking', { replicas: 1, command });
    const read = (options = {}) =>
      run('quayside.swarm.services.logs', { id: 'talking' }, { show: false, ...options });
    await until('both lines', async () => {
      const found = await read();
      return found && !Array.isArray(found) && /^out\n/.test(found.stdout) && found.stderr === 'err\n';
    });
    const stamped = (await read({ timestamps: true, tail: 'all' })) as { stderr: string };
    assert.match(stamped.stderr, /^\d{4}-\d\d-\d\dT[\d:.]+Z .*err\n$/);
    const several = await run('quayside.swarm.services.logs', [{ id }], { show: false });
    assert.ok(Array.isArray(several) && several.length === 1);
    await refuses(
      run('quayside.swarm.services.logs', { id: 'qs-nowhere' }, { show: false }),
      'notFound',
      /qs-/,
    );

    const engine = new Engine(
      'host-swarm',
      () => Promise.resolve({ source: 'setting', contextName: 'default', host: engineHost }),
      { env: {}, homedir: os.tmpdir(), platform: process.platform },
    );
    const { pty } = serviceLogTerminal(engine, { id, name: 'talking' }, { tail: 1000 });
    let text = '';
    pty.onDidWrite((written) => (text += written));
    pty.open(undefined);
    try {
      await until('lines that grow', () => /out\r\n[^]*more\r\n[^]*more\r\n/.test(text));
      pty.handleInput?.('\x03');
      await until('its end', () => text.includes('No longer followed'));
    } finally {
      pty.close();
    }
    text = '';
    const again = serviceLogTerminal(engine, { id, name: 'talking' }, { tail: 1000 }).pty;
    again.onDidWrite((written) => (text += written));
    again.open(undefined);
    try {
      await until('its lines', () => text.includes('out\r\n'));
      await run('quayside.swarm.services.logs', { id });
      const terminal = await until('the terminal', () =>
        window.terminals.find(({ name }) => name.includes(id)),
      );
      terminal.dispose();
      await run('quayside.swarm.services.remove', { id });
      await until('the end of the service', () => text.includes('The service was removed.'));
      assert.ok(!text.includes('The engine has ended the log.'));
    } finally {
      again.close();
      engine.dispose();
    }
  });

  test('services and nodes are inspected, as answers and as documents', async () => {
    const id = await create('looked');
    // The swarm goes on with a new service for a moment; its virtual address is the last of it.
    await until('the address of the service', async () => {
      const { Endpoint } = (await service(id)) as { Endpoint?: { VirtualIPs?: unknown } };
      return Endpoint?.VirtualIPs !== undefined;
    });
    const inspected = await run('quayside.swarm.services.inspect', { id: 'looked' });
    assert.deepEqual(inspected, await service(id));
    assert.deepEqual(JSON.parse(window.activeTextEditor?.document.getText() ?? ''), inspected);
    const member = await run('quayside.swarm.nodes.inspect', { id: node.slice(0, 10) });
    assert.equal((member as { ID: string }).ID, node);
    assert.deepEqual(JSON.parse(window.activeTextEditor?.document.getText() ?? ''), member);
  });

  test('a node is drained and taken back; the last manager stays one', async () => {
    const spec = async () =>
      ((await ask('GET', `/nodes/${node}`)) as { Spec: { Availability: string } }).Spec;
    const outcome = { done: [node], failed: [] };
    const drained = await run(
      'quayside.swarm.nodes.update',
      { id: node.slice(0, 10) },
      { availability: 'drain' },
    );
    assert.deepEqual(drained, outcome);
    assert.equal((await spec()).Availability, 'drain');
    const back = await run('quayside.swarm.nodes.update', { id: node }, { availability: 'active' });
    assert.deepEqual(back, outcome);
    assert.equal((await spec()).Availability, 'active');
    const update = (id: string, options: object) => run('quayside.swarm.nodes.update', { id }, options);
    await refuses(update(node, { role: 'worker' }), 'conflict', /last manager/);
    await refuses(update(node, { availability: 'sometimes' }), 'invalid', /sometimes/);
    await refuses(update(node, {}), 'invalid', /nothing to change/);
    await refuses(update('qs-nowhere', { role: 'worker' }), 'notFound', /qs-nowhere/);
  });

  test('services are removed', async () => {
    const [one, two] = [await create('one'), await create('two')];
    assert.deepEqual(await run('quayside.swarm.services.remove', { id: 'one' }), { done: [one], failed: [] });
    assert.deepEqual([await gone(one), await gone(two)], [true, false]);
    await refuses(run('quayside.swarm.services.remove', { id: 'one' }), 'notFound', /one/);
  });

  test('is left only with force, and then gone', async () => {
    await refuses(run('quayside.swarm.leave', {}), 'conflict', /force/);
    assert.equal(await swarmState(), 'active');
    assert.deepEqual(await run('quayside.swarm.leave', { force: true }), { left: true });
    assert.equal(await swarmState(), 'inactive');
    await refuses(run('quayside.swarm.leave', { force: true }), 'conflict', /in no swarm/);
    await refuses(run('quayside.swarm.services.create', { image: BASE }), 'conflict', /not a manager/);
    await refuses(run('quayside.swarm.copyJoinCommand', {}), 'conflict', /not a manager/);
  });
});
