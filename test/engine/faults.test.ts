import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineError, type EngineErrorKind } from '../../src/engine/errors';
import { ask, baseImage, removeLabelled } from '../rig/engine';
import { started } from './support/box';
import { connect } from './support/connect';
import { EVERY_VERB, type Objects } from './support/everyVerb';
import { FAULTS, faultProxy, type Fault } from './support/faultProxy';

const LABEL = 'faults';
const labels = { 'dev.quayside.test': LABEL };
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-faults-'));
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
let objects: Objects;

beforeAll(async () => {
  process.on('unhandledRejection', note);
  writeFileSync(path.join(folder, 'in'), Buffer.alloc(5_000_000, 'x'));
  execFileSync('tar', ['-cf', path.join(folder, 'in.tar'), '-C', folder, 'in']);
  mkdirSync(path.join(folder, 'context'));
  writeFileSync(path.join(folder, 'context/Dockerfile'), `FROM scratch\nLABEL dev.quayside.test=${LABEL}\n`);
  const { Name } = (await ask('POST', '/volumes/create', { Labels: labels })) as { Name: string };
  objects = {
    container: await started(LABEL, { script: 'yes | head -2000; sleep 600' }),
    paused: await started(LABEL, { script: 'sleep 600' }),
    image: await baseImage(),
    volume: Name,
    folder,
    labels,
  };
});

afterAll(async () => {
  process.off('unhandledRejection', note);
  rmSync(folder, { recursive: true, force: true });
  await removeLabelled(LABEL);
  for (const made of ['committed', 'tagged', 'imported'])
    await ask('DELETE', `/images/quayside-faults/${made}`).catch(() => undefined);
  // Made more than once, all but the last have no name any more.
  const filters = JSON.stringify({ dangling: ['true'], label: [`dev.quayside.test=${LABEL}`] });
  await ask('POST', `/images/prune?filters=${encodeURIComponent(filters)}`);
});

/** What an engine says of objects that are not there, of a registry that is none, and of a swarm that is none. */
const SAID = ['notFound', 'conflict', 'invalid', 'denied', 'unreachable', 'unknown'] as const;

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
  // In good time it is what the engine says; else the deadline.
  delay: ['cancelled', ...SAID],
  slowReader: ['cancelled', ...SAID],
};

/** Answered by status alone: what follows the header is nothing they read. */
const WITHOUT_BODY: ReadonlySet<string> = new Set([
  ...['start', 'stop', 'restart', 'pause', 'unpause', 'kill', 'remove', 'rename', 'resize'].map(
    (verb) => `containers.${verb}`,
  ),
  'images.tag',
  'volumes.remove',
  'networks.remove',
  'networks.connect',
  'networks.disconnect',
  'swarm.leave',
  'services.remove',
]);

/** They make a lost connection again, until they are told to end. */
const PATIENT: ReadonlySet<string> = new Set(['logs.followAcrossRestarts', 'stats.watch']);

/** They send five megabytes or more, which nobody takes in time. */
const UPLOADS: ReadonlySet<string> = new Set([
  'files.copyTo',
  'files.write',
  'files.unpack',
  'images.load',
  'images.import',
  'together.restoreVolume',
]);

/** What is no failure, for a reason of its own. */
function unnoticed(verb: string, fault: Fault): boolean {
  if (fault === 'delay') return true;
  if (fault === 'slowReader') return !UPLOADS.has(verb);
  if (WITHOUT_BODY.has(verb)) return ['cut', 'truncatedChunk'].includes(fault);
  // What is elsewhere is not on this engine.
  return verb === 'images.has' && fault === 'redirect';
}

describe.each(FAULTS)('%s', (fault) => {
  test.concurrent.each(EVERY_VERB)('%s', async (name, verb) => {
    await using proxy = await faultProxy(fault);
    const engine = connect(proxy.host);
    const deadline = AbortSignal.timeout(fault === 'silent' ? 300 : 1500);
    const outcome = await verb(engine, objects, deadline).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (outcome !== undefined || !unnoticed(name, fault)) {
      expect(outcome).toBeInstanceOf(EngineError);
      expect([...KINDS[fault], ...(PATIENT.has(name) ? ['cancelled'] : [])]).toContain(
        (outcome as EngineError).kind,
      );
    }
    engine.dispose();
    // Whatever happened on the way, the container is not locked; at most until the upload of another test has ended.
    await connect().containers.inspect(objects.container, {}, AbortSignal.timeout(60_000));
  });
});

test('nothing was left to reject on its own', () => {
  expect(unhandled).toEqual([]);
});
