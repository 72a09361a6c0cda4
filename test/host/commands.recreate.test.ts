import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import { cleanUp, look, ready, refuses, run, start, stateOf, until } from './commandsSupport';

const PART = 'host-recreate';

interface Detailed {
  readonly Name: string;
  readonly Config: { readonly Env: readonly string[] };
  readonly HostConfig: { readonly Memory: number; readonly RestartPolicy: { readonly Name: string } };
  readonly Mounts: readonly { readonly Name: string; readonly Destination: string }[];
}

const details = async (id: string): Promise<Detailed> => (await look(id)) as unknown as Detailed;

suite('commands: a container is changed', () => {
  suiteSetup(ready);
  teardown(() => cleanUp(PART));

  test('while it runs, where that can be done', async () => {
    const id = await start(PART, { name: 'qs-host-live' });
    const change = { name: 'qs-host-renamed', memory: '64m', restart: 'on-failure:2' };
    assert.deepEqual(await run('quayside.containers.recreate', { id }, change), { id, live: true });
    const { Name, HostConfig } = await details(id);
    assert.deepEqual(
      [Name, HostConfig.Memory, HostConfig.RestartPolicy.Name],
      ['/qs-host-renamed', 64 * 1024 * 1024, 'on-failure'],
    );
  });

  test('a name that is taken changes nothing, nor does a limit that is refused', async () => {
    await start(PART, { name: 'qs-host-taken' });
    const id = await start(PART, { name: 'qs-host-half' });
    const before = (await details(id)).HostConfig;
    const taken = run('quayside.containers.recreate', { id }, { name: 'qs-host-taken', memory: '64m' });
    await refuses(taken, 'conflict', /qs-host-taken/);
    const refused = run('quayside.containers.recreate', { id }, { name: 'qs-host-other', memory: '1m' });
    await refuses(refused, 'invalid', /./);
    const { Name, HostConfig } = await details(id);
    assert.deepEqual([Name, HostConfig.Memory], ['/qs-host-half', before.Memory]);
  });

  test('else by another in its place, with its name and its data', async () => {
    const id = await start(PART, { name: 'qs-host-place', volumes: ['/data'], env: { COLOUR: 'red' } });
    const [volume] = (await details(id)).Mounts;
    const answer = await run('quayside.containers.recreate', { id }, { env: { COLOUR: 'blue' } });
    assert.ok(answer && !answer.live);
    assert.equal(await look(id), undefined);
    const now = await details(answer.id);
    assert.equal(now.Name, '/qs-host-place');
    assert.ok(now.Config.Env.includes('COLOUR=blue'));
    assert.deepEqual(
      now.Mounts.map(({ Name, Destination }) => [Name, Destination]),
      [[volume?.Name, '/data']],
    );
    assert.equal(await stateOf(answer.id), 'running');
  });

  test('and when that fails it is as it was', async () => {
    const id = await start(PART, { name: 'qs-host-back', init: false });
    const change = run('quayside.containers.recreate', { id }, { command: ['/no/such/program'] });
    await refuses(change, 'notFound', /no\/such\/program/);
    assert.equal((await details(id)).Name, '/qs-host-back');
    await until('its run', async () => (await stateOf(id)) === 'running');
  });

  test('a profile of the settings is run by its name', async () => {
    const settings = workspace.getConfiguration('quayside');
    const labels = { 'dev.quayside.test': PART };
    const profile = { image: 'quayside-host/base:latest', command: ['sleep', '1000'], detach: true, labels };
    await settings.update('runProfiles', { sleepy: profile }, ConfigurationTarget.Global);
    try {
      const { id } = await run('quayside.containers.runProfile', { name: 'sleepy' });
      assert.equal(await stateOf(id), 'running');
      await refuses(run('quayside.containers.runProfile', { name: 'nobody' }), 'notFound', /nobody/);
    } finally {
      await settings.update('runProfiles', undefined, ConfigurationTarget.Global);
    }
  });
});
