import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  failedStartCode,
  runAttached,
  runDetached,
  runToEnd,
  type AttachedRun,
  type RunRequest,
} from '../../src/engine/runContainer';
import { outputOf } from '../../src/engine/streams/terminal';
import { ask } from '../rig/engine';
import { boxBody, labelled, removeLabelled, stateOf, type Box } from './support/box';
import { connect } from './support/connect';

const LABEL = 'runContainer';
const { requests } = connect();
const never = new AbortController().signal;

afterAll(() => removeLabelled(LABEL));
afterEach(() => void vi.useRealTimers());

/** What `docker run` sends for this container; `-i` and `-t` as wanted. */
async function request(box: Box, options: { tty?: boolean; stdin?: boolean } = {}): Promise<RunRequest> {
  const { tty = false, stdin = false } = options;
  const attached = {
    Tty: tty,
    OpenStdin: stdin,
    StdinOnce: stdin,
    AttachStdin: stdin,
    AttachStdout: true,
    AttachStderr: true,
  };
  const body = await boxBody(LABEL, { ...box, config: { ...attached, ...box.config } });
  return {
    body,
    query: box.name === undefined ? {} : { name: box.name },
    ...(box.name === undefined ? {} : { name: box.name }),
  };
}

const removed = { AutoRemove: true };

/** All that a run shows, as it comes. */
function shown(run: AttachedRun): { text: string; over: Promise<void> } {
  const seen = { text: '', over: Promise.resolve() };
  seen.over = (async () => {
    for await (const batch of outputOf(run)) for (const { data } of batch) seen.text += data.toString();
  })();
  return seen;
}

describe('runToEnd', () => {
  test('tells outputs and exit code', async () => {
    const ran = await runToEnd(requests, await request({ script: 'echo out; echo err >&2; exit 3' }), never);
    expect([ran.stdout.toString(), ran.stderr.toString(), ran.exitCode]).toEqual(['out\n', 'err\n', 3]);
    expect(await stateOf(ran.id)).toMatchObject({ Status: 'exited' });
  });

  test('loses neither output nor exit code of the shortest container that removes itself, 25 times', async () => {
    const short = await request({ script: 'echo $((6*7)); exit 9', host: removed });
    for (let i = 0; i < 25; i += 5) {
      const runs = await Promise.all(Array.from({ length: 5 }, () => runToEnd(requests, short, never)));
      expect(runs.map(({ stdout, exitCode }) => `${stdout.toString()}${String(exitCode)}`)).toEqual(
        Array(5).fill('42\n9'),
      );
      // The exit is told once it is removed.
      const left = await labelled(LABEL);
      expect(runs.filter(({ id }) => left.includes(id))).toEqual([]);
    }
  }, 120_000);

  test('ends a container that writes more than is wanted', async () => {
    const flood = { ...(await request({ script: 'yes' })), limit: 1_000_000 };
    await expect(runToEnd(requests, flood, never)).rejects.toMatchObject({ kind: 'invalid' });
    const [newest = ''] = await labelled(LABEL);
    await expect.poll(async () => (await stateOf(newest)).Running).toBe(false);
  });

  test('is cancelled as by Ctrl-C, after which nothing runs', async () => {
    const before = new Set(await labelled(LABEL));
    const stop = new AbortController();
    const running = runToEnd(requests, await request({ script: 'sleep 600', host: removed }), stop.signal);
    const made = async (): Promise<string[]> => (await labelled(LABEL)).filter((id) => !before.has(id));
    await expect.poll(made).toHaveLength(1);
    const [newest = ''] = await made();
    await expect.poll(async () => (await stateOf(newest)).Running).toBe(true);
    stop.abort();
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await labelled(LABEL)).not.toContain(newest);
  });
});

describe('runAttached', () => {
  test('is a terminal: input, size, exit code', async () => {
    const script =
      'until [ "$(stty size)" = "33 99" ]; do sleep 0.05; done; echo ready; read line; echo "<$line>"; exit 5';
    const wanted = await request({ script, host: removed }, { tty: true, stdin: true });
    const run = await runAttached(requests, { ...wanted, size: { columns: 99, rows: 33 } }, never);
    expect(run.tty).toBe(true);
    const seen = shown(run);
    await expect.poll(() => seen.text).toContain('ready');
    run.stream.write('hello\r');
    await seen.over;
    expect(seen.text).toContain('<hello>');
    expect(await run.exit).toEqual({ code: 5 });
  });

  test('ends the input with the stream', async () => {
    const run = await runAttached(
      requests,
      await request({ script: 'cat; echo done' }, { stdin: true }),
      never,
    );
    const seen = shown(run);
    run.stream.end('in ');
    await seen.over;
    expect(seen.text).toBe('in done\n');
    expect(await run.exit).toEqual({ code: 0 });
  });

  test.each([
    ['SIGINT', false],
    ['SIGHUP', true],
  ])('sends %s when it is aborted, and tells what comes of it', async (name, tty) => {
    const stop = new AbortController();
    const script = `trap 'echo got ${name}; exit 7' ${name.slice(3)}; echo ready; while :; do sleep 0.05; done`;
    const run = await runAttached(requests, await request({ script }, { tty, stdin: tty }), stop.signal);
    const seen = shown(run);
    await expect.poll(() => seen.text).toContain('ready');
    stop.abort();
    await seen.over;
    expect(seen.text).toContain(`got ${name}`);
    expect(await run.exit).toEqual({ code: 7 });
  });

  test('names a container that does not end when it is aborted', async () => {
    const stop = new AbortController();
    const name = `stubborn-${String(process.pid)}`;
    const script = 'trap "echo no" INT; echo ready; while :; do sleep 0.05; done';
    const run = await runAttached(requests, await request({ script, name }), stop.signal);
    const seen = shown(run);
    seen.over.catch(() => undefined);
    await expect.poll(() => seen.text).toContain('ready');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    stop.abort();
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    await expect(run.exit).rejects.toMatchObject({
      kind: 'cancelled',
      message: expect.stringContaining(name) as string,
    });
    await expect(seen.over).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await stateOf(name)).Running).toBe(true);
  });

  test('can be detached from', async () => {
    const run = await runAttached(requests, await request({ script: 'echo ready; sleep 600' }), never);
    const seen = shown(run);
    await expect.poll(() => seen.text).toContain('ready');
    run.detach();
    await expect(run.exit).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(seen.over).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await stateOf(run.id)).Running).toBe(true);
  });
});

describe('a container that does not start', () => {
  const broken = { script: '', config: { Entrypoint: ['/no/such/command'], AttachStdout: true } };
  const runs = [
    ['attached', runAttached],
    ['detached', runDetached],
  ] as const;

  test.each(runs)('is removed again, with the volumes made for it (%s)', async (_, run) => {
    const before = await labelled(LABEL);
    const volume = {
      Type: 'volume',
      Target: '/data',
      VolumeOptions: { Labels: { 'dev.quayside.test': LABEL } },
    };
    const host = { Init: false, Mounts: [volume] };
    const outcome = run(requests, await request({ ...broken, host }), never);
    const error = await outcome.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      kind: 'notFound',
      message: expect.not.stringContaining('still there') as string,
    });
    expect(failedStartCode(error as Parameters<typeof failedStartCode>[0])).toBe(127);
    const filters = encodeURIComponent(JSON.stringify({ label: [`dev.quayside.test=${LABEL}`] }));
    expect(await ask('GET', `/volumes?filters=${filters}`)).toMatchObject({ Volumes: [] });
    expect(await labelled(LABEL)).toEqual(before);
  });

  test.each(runs)('stays when it was given a name, and is named (%s)', async (how, run) => {
    const name = `broken-${how}-${String(process.pid)}`;
    const outcome = run(requests, await request({ ...broken, name, host: { Init: false } }), never);
    await expect(outcome).rejects.toMatchObject({
      kind: 'notFound',
      message: expect.stringContaining(`The container ${name} is still there`) as string,
    });
    expect(await stateOf(name)).toMatchObject({ Status: 'created' });
  });

  test.each(runs)('is gone when it removes itself, named or not (%s)', async (how, run) => {
    const name = `gone-${how}-${String(process.pid)}`;
    const host = { Init: false, ...removed };
    const error = await run(requests, await request({ ...broken, name, host }), never).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      kind: 'notFound',
      message: expect.not.stringContaining('still there') as string,
    });
    await expect(stateOf(name)).rejects.toThrow('No such container');
  });

  test.each(runs)('was never made when its image is not there (%s)', async (_, run) => {
    const body = { ...(await request({ script: 'true' })).body, Image: 'quayside-test/nobody-has-this' };
    await expect(run(requests, { body, query: {} }, never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  test('tells a command that is not executable', async () => {
    const config = { Entrypoint: ['/etc/passwd'] };
    const error = await runDetached(
      requests,
      await request({ script: '', config, host: { Init: false } }),
    ).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(failedStartCode(error as Parameters<typeof failedStartCode>[0])).toBe(126);
  });
});

describe('an abort before the start', () => {
  const moments = Array.from({ length: 12 }, (_, i) => ({
    ms: i * 15,
    name: i % 2 ? `left-${String(i)}` : undefined,
  }));
  test.each(moments)('leaves nothing behind after $ms ms ($name)', async ({ ms, name }) => {
    const before = new Set(await labelled(LABEL));
    const stop = AbortSignal.timeout(ms);
    const box = { script: 'sleep 600', ...(name !== undefined && { name }) };
    const outcome = await runAttached(requests, await request(box), stop).then(
      async (run) => {
        // It had started before: then the abort is what Ctrl-C is.
        const seen = shown(run);
        await Promise.all([run.exit, seen.over]);
        await ask('DELETE', `/containers/${run.id}?force=1`);
        return 'started';
      },
      (error: unknown) => (error as { kind?: string }).kind,
    );
    expect(['started', 'cancelled']).toContain(outcome);
    await expect.poll(async () => (await labelled(LABEL)).filter((id) => !before.has(id))).toEqual([]);
  });
});

describe('runDetached', () => {
  test('answers while it runs', async () => {
    const { id, warnings } = await runDetached(requests, await request({ script: 'sleep 600' }));
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(warnings).toEqual([]);
    expect((await stateOf(id)).Running).toBe(true);
  });
});

describe('further networks', () => {
  const networks = ['quayside-test-one', 'quayside-test-two'];
  const both = async (): Promise<RunRequest> => {
    const { body, ...rest } = await request({ script: 'sleep 600', host: { NetworkMode: networks[0] } });
    const EndpointsConfig = {
      'quayside-test-one': {},
      'quayside-test-two': { Aliases: ['db'] },
    };
    return { ...rest, body: { ...body, NetworkingConfig: { EndpointsConfig } } };
  };
  afterEach(async () => {
    await removeLabelled(LABEL);
    for (const name of networks) await ask('DELETE', `/networks/${name}`).catch(() => undefined);
  });

  test('are joined before it starts, whatever the engine’s age', async () => {
    for (const Name of networks) await ask('POST', '/networks/create', { Name });
    const { id } = await runDetached(requests, await both());
    const found = (await ask('GET', `/containers/${id}/json`)) as {
      NetworkSettings: { Networks: Record<string, { Aliases: string[] | null; IPAddress: string }> };
    };
    const joined = found.NetworkSettings.Networks;
    expect(Object.keys(joined).sort()).toEqual(networks);
    expect(joined['quayside-test-two']?.Aliases).toContain('db');
    expect(joined['quayside-test-two']?.IPAddress).not.toBe('');
  });

  test('leave no container behind when one of them is not there', async () => {
    await ask('POST', '/networks/create', { Name: networks[0] });
    await expect(runDetached(requests, await both())).rejects.toMatchObject({ kind: 'notFound' });
    expect(await labelled(LABEL)).toEqual([]);
  });
});

describe('the container ID file', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'quayside-engine-'))));
  afterEach(() => rm(folder, { recursive: true }));

  test('holds the id', async () => {
    const cidfile = join(folder, 'id');
    const { id } = await runDetached(requests, { ...(await request({ script: 'true' })), cidfile });
    expect(await readFile(cidfile, 'utf8')).toBe(id);
  });

  test('is never written over, and then no container is made', async () => {
    const cidfile = join(folder, 'id');
    await writeFile(cidfile, 'mine');
    const before = await labelled(LABEL);
    const run = runDetached(requests, { ...(await request({ script: 'true' })), cidfile });
    await expect(run).rejects.toMatchObject({ kind: 'conflict' });
    expect(await readFile(cidfile, 'utf8')).toBe('mine');
    expect(await labelled(LABEL)).toEqual(before);
  });

  test('is gone when there is no container', async () => {
    const cidfile = join(folder, 'id');
    const wanted = await request({ script: 'true' });
    const run = runDetached(requests, {
      ...wanted,
      body: { ...wanted.body, Image: 'no/such:image' },
      cidfile,
    });
    await expect(run).rejects.toMatchObject({ kind: 'notFound' });
    await expect(stat(cidfile)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
