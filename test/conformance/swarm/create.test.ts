import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address } from '../../../scripts/rig/engineApi.mjs';
import type { ServiceOptions } from '../../../src/engine/swarm/serviceSpec';
import { connect } from '../../engine/support/connect';
import { busyboxImage } from '../../../scripts/rig/images.mjs';
import { baseImage, engine as rig } from '../../rig/engine';
import { noRegistry, push } from '../../rig/registry';
import { cliVersion, dockerCli, runShell } from '../support/cli';
import { startRecorder, type Recorder } from '../support/recorder';

const IMAGE = 'quayside-test/base:latest';

/** What one types, and the options that mean the same. */
const CASES: readonly (readonly [line: string, options: Omit<ServiceOptions, 'image'>])[] = [
  ['', {}],
  ['--name web', { name: 'web' }],
  ['--name web --replicas 3', { name: 'web', replicas: 3 }],
  ['--replicas 0', { replicas: 0 }],
  ['--mode global', { mode: 'global' }],
  ['-e A=B -e C=', { env: { A: 'B', C: '' } }],
  ['-e "A=b c=d"', { env: { A: 'b c=d' } }],
  ['-p 8080:80', { ports: ['8080:80'] }],
  ['-p 80', { ports: ['80'] }],
  ['-p 53:53/udp -p 80:80', { ports: ['53:53/udp', '80:80'] }],
  ['-p 8000-8002:80-82', { ports: ['8000-8002:80-82'] }],
  ['-p mode=host,target=80,published=8080', { ports: ['mode=host,target=80,published=8080'] }],
  ['-p target=53,protocol=udp', { ports: ['target=53,protocol=udp'] }],
  ['--mount type=volume,source=data,target=/data', { mounts: ['type=volume,source=data,target=/data'] }],
  ['--mount type=volume,source=data,target=/data', { volumes: ['data:/data'] }],
  ['--mount type=bind,source=/srv,target=/site,readonly', { volumes: ['/srv:/site:ro'] }],
  ['--mount type=volume,target=/cache', { volumes: ['/cache'] }],
  ['--mount type=tmpfs,target=/t,tmpfs-size=64m', { mounts: ['type=tmpfs,target=/t,tmpfs-size=64m'] }],
  ['--label a=b --label c=', { labels: { a: 'b', c: '' } }],
  ['--container-label a=b', { containerLabels: { a: 'b' } }],
  ['--constraint node.role==manager', { constraints: ['node.role==manager'] }],
  ['--hostname h --user 1000:1000 --workdir /w', { hostname: 'h', user: '1000:1000', workdir: '/w' }],
  ['--init --read-only --tty', { init: true, readOnly: true, tty: true }],
  ['--limit-memory 64m --limit-cpu 0.5', { memory: '64m', cpus: '0.5' }],
  ['--restart-condition on-failure', { restart: 'on-failure' }],
  ['--stop-grace-period 1m30s', { stopGracePeriod: '1m30s' }],
  ['--entrypoint "/bin/sh -c"', { entrypoint: ['/bin/sh', '-c'] }],
];

const cli = await dockerCli();
const version = await cliVersion(cli);
const comparable = version.startsWith('20.10.') && !rig.shared;
if (!comparable)
  console.warn(`Skipped: needs an engine of its own and the CLI 20.10, and this one is ${version}.`);

describe.skipIf(!comparable)(`docker service create, beside the CLI ${version}`, () => {
  let recorder: Recorder;
  const own = connect();

  beforeAll(async () => {
    await baseImage(IMAGE);
    await own.swarm.init({ advertiseAddr: '127.0.0.1' });
    recorder = await startRecorder(address(rig.host), '/services/create');
  });
  afterAll(async () => {
    await recorder[Symbol.asyncDispose]();
    await own.swarm.leave({ force: true });
    own.dispose();
  });

  it.each(CASES)('%s', async (line, options) => {
    const { theirs, sent } = await both(line, IMAGE, options);
    expect(bare(sent)).toEqual(bare(theirs));
  });

  it('an image of a registry is asked for by its digest, on nodes of its platform', async (context) => {
    if (noRegistry !== undefined) return context.skip(noRegistry);
    const image = await push('services/app', await busyboxImage());
    const { theirs, sent } = await both('--constraint node.role==manager', image, {
      constraints: ['node.role==manager'],
    });
    expect(JSON.stringify(sent)).toMatch(/services\/app:latest@sha256:[0-9a-f]{64}/);
    expect(JSON.stringify(sent)).toContain('"Platforms":[{"Architecture":');
    expect(bare(sent)).toEqual(bare(theirs));
  });

  /** The bodies that the CLI and we send for the same service. */
  async function both(
    line: string,
    image: string,
    options: Omit<ServiceOptions, 'image'>,
  ): Promise<{ theirs: unknown; sent: unknown }> {
    const env = { DOCKER_HOST: recorder.host, DOCKER_CONFIG: '/nonexistent' };
    const command = `docker service create -d ${line} ${image} sleep 60`;
    const { stderr } = await runShell(command, { cli, cwd: '/', env });
    const [theirs] = recorder.take();
    expect(theirs, stderr).toBeDefined();
    const ours = connect(recorder.host);
    await expect(
      ours.swarm.services.create({ image, command: ['sleep', '60'], ...options }),
    ).rejects.toMatchObject({ kind: 'conflict' });
    ours.dispose();
    const [sent] = recorder.take();
    return { theirs: theirs?.body, sent: sent?.body };
  }
});

/** Without what says nothing: empty lists, maps and texts, false, and the 0 of a counter that begins. */
function bare(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => bare(item));
    // The ports of a range come out of a map of the CLI's, in any order.
    return key === 'Ports'
      ? items.map((item) => JSON.stringify(Object.entries(item as object).sort())).sort()
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, item]) => [name, bare(item, name)] as const)
    .filter(([name, item]) => !saysNothing(item, name, key));
  return Object.fromEntries(entries);
}

function saysNothing(item: unknown, name: string, owner: string): boolean {
  if (item === '' || item === false || item === undefined || item === null) return owner !== 'Labels';
  if (item === 0) return name === 'ForceUpdate';
  // A mode is told by the name of an empty object.
  return (
    typeof item === 'object' && Object.keys(item).length === 0 && name !== 'Global' && name !== 'Replicated'
  );
}
