import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine';
import { EngineError, type EngineErrorKind } from '../../src/engine/errors';
import { outputOf } from '../../src/engine/streams/terminal';
import { baseImage, docker, removeLabelled } from '../rig/engine';
import { connect } from './support/connect';
import { FAULTS, faultProxy, type Fault } from './support/faultProxy';

const LABEL = 'faults';
let id = '';
let image = '';
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-faults-'));
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  writeFileSync(path.join(folder, 'in'), Buffer.alloc(5_000_000, 'x'));
  mkdirSync(path.join(folder, 'context'));
  writeFileSync(path.join(folder, 'context/Dockerfile'), 'FROM scratch\nLABEL a=b\n');
  image = await baseImage();
  id = (
    await docker(
      'run',
      '-d',
      '--init',
      '--label',
      `dev.quayside.test=${LABEL}`,
      image,
      'sh',
      '-c',
      'yes | head -2000; sleep 600',
    )
  ).trim();
});

afterAll(async () => {
  process.off('unhandledRejection', note);
  rmSync(folder, { recursive: true, force: true });
  await removeLabelled(LABEL);
});

/** Everything an engine can be asked, as short as it can be. */
const VERBS: Readonly<Record<string, (engine: Engine, signal: AbortSignal) => Promise<unknown>>> = {
  info: (engine, signal) => engine.system.info(signal),
  diskUsage: (engine, signal) => engine.system.diskUsage({}, signal),
  inspect: (engine, signal) => engine.containers.inspect(id, {}, signal),
  create: (engine, signal) =>
    engine.containers.create(
      { query: {}, body: { Image: image, Labels: { 'dev.quayside.test': LABEL } } },
      signal,
    ),
  start: (engine, signal) => engine.containers.start(id, {}, signal),
  pause: (engine, signal) => engine.containers.pause(id, signal),
  top: (engine, signal) => engine.containers.top(id, {}, signal),
  wait: (engine, signal) => engine.containers.wait(id, 'not-running', signal),
  logs: (engine, signal) => engine.logs.collect(id, {}, signal),
  pull: (engine, signal) => engine.images.pull('localhost:1/nothing', {}, () => undefined, signal),
  push: (engine, signal) => engine.images.push('localhost:1/nothing', () => undefined, signal),
  history: (engine, signal) => engine.images.history(image, signal),
  exec: (engine, signal) => engine.exec.run(id, { command: ['true'] }, signal),
  attach: async (engine, signal) => {
    const session = await engine.attach.open(id, { stdin: false }, signal);
    for await (const output of outputOf(session, signal)) expect(output).toBeDefined();
  },
  stats: (engine, signal) => engine.stats.once(id, signal),
  diff: (engine, signal) => engine.files.diff(id, signal),
  listFiles: (engine, signal) => engine.files.list(id, '/bin', {}, signal),
  copyFrom: (engine, signal) =>
    engine.files.copyFrom(id, '/bin/busybox', path.join(folder, 'out'), {}, signal),
  copyTo: (engine, signal) => engine.files.copyTo(id, path.join(folder, 'in'), '/tmp', {}, signal),
  followLogs: async (engine, signal) => {
    for await (const lines of engine.logs.lines(id, { follow: true }, signal)) expect(lines).toBeDefined();
  },
  events: async (engine, signal) => {
    for await (const event of engine.system.events({ until: '1h' }, signal)) expect(event).toBeDefined();
  },
  build: (engine, signal) =>
    engine.build.run({ context: path.join(folder, 'context'), builder: 'engine' }, () => undefined, signal),
  makeVolume: (engine, signal) => engine.volumes.create({ labels: { 'dev.quayside.test': LABEL } }, signal),
  networks: (engine, signal) => engine.prune.plan('networks', {}, signal),
  planImages: (engine, signal) => engine.prune.plan('images', {}, signal),
};

/** What each fault may come out as; a verb whose answer has no body cannot notice that one was cut. */
const KINDS: Readonly<Record<Fault, readonly EngineErrorKind[]>> = {
  silent: ['cancelled'],
  status500: ['unknown'],
  redirect: ['notFound'],
  notHttp: ['protocol'],
  wrongType: ['protocol', 'unreachable'],
  // What the engine has not said yet cannot be cut: then it is the deadline, or what the engine did say.
  cut: ['unreachable', 'protocol', 'cancelled', 'notFound', 'unknown'],
  truncatedChunk: ['unreachable', 'protocol'],
  reset: ['unreachable'],
};

/** Answered by status alone: what follows the header is nothing they read. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(['start', 'pause']);

describe.each(FAULTS)('%s', (fault) => {
  test.each(Object.entries(VERBS))('%s', async (name, verb) => {
    await using proxy = await faultProxy(fault);
    const engine = connect(proxy.host);
    const deadline = AbortSignal.timeout(fault === 'silent' ? 300 : 1500);
    const outcome = await verb(engine, deadline).then(
      () => undefined,
      (error: unknown) => error,
    );
    const unnoticed = WITHOUT_BODY.has(name) && ['wrongType', 'cut', 'truncatedChunk'].includes(fault);
    if (!(unnoticed && outcome === undefined)) {
      expect(outcome).toBeInstanceOf(EngineError);
      expect(KINDS[fault]).toContain((outcome as EngineError).kind);
    }
    engine.dispose();
    // Whatever happened on the way, the container is not locked.
    await connect().containers.inspect(id, {}, AbortSignal.timeout(5000));
    await docker('unpause', id).catch(() => undefined);
  });
});

test('nothing was left to reject on its own', () => {
  expect(unhandled).toEqual([]);
});
