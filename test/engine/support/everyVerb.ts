import { createReadStream } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Engine } from '../../../src/engine/engine';
import { readImages } from '../../../src/engine/lens/readImages';
import { outlineOf } from '../../../src/engine/lens/outline';
import { Paths } from '../../../src/engine/lens/paths';
import type { Lifecycle } from '../../../src/engine/logs/restarts';
import { recreate } from '../../../src/engine/recreate';
import { runAttached, runDetached } from '../../../src/engine/runContainer';
import { chunks } from '../../../src/engine/streams/read';
import { outputOf, type Session } from '../../../src/engine/streams/terminal';
import { cloneVolume } from '../../../src/engine/volumes/clone';
import { backupVolume, restoreVolume } from '../../../src/engine/volumes/backup';
import { emptyVolume } from '../../../src/engine/volumes/empty';

/** What the verbs are tried on. */
export interface Objects {
  /** A running container; what would end it is asked of one that is not there. */
  readonly container: string;
  /** Another, which is paused at times. */
  readonly paused: string;
  readonly image: string;
  readonly volume: string;
  /** A folder with a file `in`, an archive `in.tar` and a build's `context`; what comes out goes beside them. */
  readonly folder: string;
  /** The labels of all that is made. */
  readonly labels: Readonly<Record<string, string>>;
}

type Attempt = (engine: Engine, on: Objects, signal: AbortSignal) => Promise<unknown>;
type Verbs<Room, Without extends keyof Room = never> = {
  readonly [Verb in Exclude<keyof Room, Without>]: Attempt;
};

const NOBODY = 'quayside-faults-nobody';
const none = (): void => undefined;

/** Read to its end, whatever it is. */
async function all(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const part of stream) expect(part).toBeDefined();
}
const output = (session: Session, signal: AbortSignal): Promise<void> => all(outputOf(session, signal));

/** A container that lives on: nothing happens to it until the signal. */
const quiet = (signal: AbortSignal): AsyncIterable<Lifecycle> => ({
  [Symbol.asyncIterator]: () => ({
    next: () =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ done: true, value: undefined }));
      }),
  }),
});

const archive = ({ folder }: Objects) => createReadStream(path.join(folder, 'in.tar'));

const request = ({ image, labels }: Objects, command: readonly string[]) => ({
  query: {},
  body: { Image: image, Cmd: command, Labels: labels },
});

/** Everything an engine can be asked, as short as it can be. That none is missing is held by its type. */
const ROOMS: {
  readonly containers: Verbs<Engine['containers']>;
  readonly images: Verbs<Engine['images']>;
  // Counts what would be sent, and asks no engine.
  readonly build: Verbs<Engine['build'], 'summary'>;
  readonly volumes: Verbs<Engine['volumes']>;
  readonly networks: Verbs<Engine['networks']>;
  readonly exec: Verbs<Engine['exec']>;
  readonly attach: Verbs<Engine['attach']>;
  readonly files: Verbs<Engine['files'], 'forget' | 'onDidWrite'>;
  readonly logs: Verbs<Engine['logs']>;
  readonly stats: Verbs<Engine['stats']>;
  readonly system: Verbs<Engine['system']>;
  readonly prune: Verbs<Engine['prune']>;
  readonly swarm: Verbs<Engine['swarm'], 'services' | 'nodes'>;
  readonly services: Verbs<Engine['swarm']['services']>;
  readonly nodes: Verbs<Engine['swarm']['nodes']>;
  /** What is made of several of them. */
  readonly together: Readonly<Record<string, Attempt>>;
} = {
  containers: {
    inspect: (engine, { container }, signal) => engine.containers.inspect(container, {}, signal),
    create: (engine, on, signal) => engine.containers.create(request(on, ['true']), signal),
    start: (engine, { container }, signal) => engine.containers.start(container, {}, signal),
    stop: (engine, _, signal) => engine.containers.stop(NOBODY, {}, signal),
    restart: (engine, _, signal) => engine.containers.restart(NOBODY, {}, signal),
    pause: (engine, { paused }, signal) => engine.containers.pause(paused, signal),
    unpause: (engine, { paused }, signal) => engine.containers.unpause(paused, signal),
    kill: (engine, { container }, signal) => engine.containers.kill(container, { signal: 'CONT' }, signal),
    remove: (engine, _, signal) => engine.containers.remove(NOBODY, {}, signal),
    rename: (engine, { container }, signal) =>
      engine.containers.rename(container, 'quayside-faults-renamed', signal),
    update: (engine, { container }, signal) =>
      engine.containers.update(container, { CpuShares: 512 }, signal),
    top: (engine, { container }, signal) => engine.containers.top(container, {}, signal),
    resize: (engine, { container }, signal) =>
      engine.containers.resize(container, { columns: 80, rows: 24 }, signal),
    wait: (engine, { container }, signal) => engine.containers.wait(container, 'not-running', signal),
    commit: (engine, { container }, signal) =>
      engine.containers.commit(container, { repository: 'quayside-faults/committed' }, signal),
    export: async (engine, { container }, signal) =>
      all(chunks(await engine.containers.export(container, signal), signal)),
  },
  images: {
    pull: (engine, _, signal) => engine.images.pull('localhost:1/nothing', {}, none, signal),
    push: (engine, _, signal) => engine.images.push('localhost:1/nothing', none, signal),
    remoteDigest: (engine, _, signal) => engine.images.remoteDigest('localhost:1/nothing', signal),
    distribution: (engine, _, signal) => engine.images.distribution('localhost:1/nothing', signal),
    inspect: (engine, { image }, signal) => engine.images.inspect(image, signal),
    history: (engine, { image }, signal) => engine.images.history(image, signal),
    tag: (engine, { image }, signal) => engine.images.tag(image, 'quayside-faults/tagged', signal),
    remove: (engine, _, signal) => engine.images.remove(NOBODY, {}, signal),
    removeUnused: (engine, _, signal) => engine.images.removeUnused(NOBODY, signal),
    has: (engine, { image }, signal) => engine.images.has(image, signal),
    load: (engine, on, signal) => engine.images.load(archive(on), {}, none, signal),
    import: (engine, on, signal) =>
      engine.images.import(
        archive(on),
        {
          reference: 'quayside-faults/imported',
          changes: Object.entries(on.labels).map(([key, value]) => `LABEL ${key}=${value}`),
        },
        signal,
      ),
    save: async (engine, { image }, signal) => all(chunks(await engine.images.save([image], signal), signal)),
  },
  build: {
    run: (engine, { folder }, signal) =>
      engine.build.run({ context: path.join(folder, 'context'), builder: 'engine' }, none, signal),
  },
  volumes: {
    create: (engine, { labels }, signal) => engine.volumes.create({ labels }, signal),
    inspect: (engine, { volume }, signal) => engine.volumes.inspect(volume, signal),
    remove: (engine, _, signal) => engine.volumes.remove(NOBODY, {}, signal),
  },
  networks: {
    create: (engine, { labels }, signal) =>
      engine.networks.create({ name: 'quayside-faults', internal: true, labels }, signal),
    inspect: (engine, _, signal) => engine.networks.inspect('bridge', signal),
    remove: (engine, _, signal) => engine.networks.remove(NOBODY, signal),
    connect: (engine, { container }, signal) => engine.networks.connect(NOBODY, { container }, signal),
    disconnect: (engine, { container }, signal) => engine.networks.disconnect(NOBODY, { container }, signal),
  },
  exec: {
    run: (engine, { container }, signal) => engine.exec.run(container, { command: ['true'] }, signal),
    start: async (engine, { container }, signal) =>
      output(await engine.exec.start(container, { command: ['true'] }, signal), signal),
  },
  attach: {
    open: async (engine, { container }, signal) =>
      output(await engine.attach.open(container, { stdin: false }, signal), signal),
  },
  files: {
    copyTo: (engine, { container, folder }, signal) =>
      engine.files.copyTo(container, path.join(folder, 'in'), '/tmp', {}, signal),
    copyFrom: (engine, { container, folder }, signal) =>
      engine.files.copyFrom(container, '/bin/busybox', path.join(folder, 'out'), {}, signal),
    copyBetween: (engine, { container: id }, signal) =>
      engine.files.copyBetween({ id, path: '/bin/busybox' }, { id, path: '/tmp/copy' }, {}, signal),
    archive: async (engine, { container }, signal) =>
      all(chunks((await engine.files.archive(container, '/bin', signal)).body, signal)),
    unpack: (engine, on, signal) => engine.files.unpack(on.container, archive(on), '/tmp', {}, signal),
    stat: (engine, { container }, signal) => engine.files.stat(container, '/bin', signal),
    list: (engine, { container }, signal) => engine.files.list(container, '/bin', {}, signal),
    read: (engine, { container }, signal) => engine.files.read(container, '/bin/busybox', {}, signal),
    write: (engine, { container }, signal) =>
      engine.files.write(container, '/tmp/written', Buffer.alloc(5_000_000), signal),
    mkdir: (engine, { container }, signal) => engine.files.mkdir(container, '/tmp/made', signal),
    rename: (engine, { container }, signal) =>
      engine.files.rename(container, '/tmp/written', '/tmp/renamed', { overwrite: true }, signal),
    remove: (engine, { container }, signal) => engine.files.remove(container, '/tmp/renamed', {}, signal),
    diff: (engine, { container }, signal) => engine.files.diff(container, signal),
  },
  logs: {
    output: (engine, { container }, signal) => all(engine.logs.output(container, { follow: true }, signal)),
    collect: (engine, { container }, signal) => engine.logs.collect(container, {}, signal),
    lines: (engine, { container }, signal) => all(engine.logs.lines(container, { follow: true }, signal)),
    followAcrossRestarts: (engine, { container }, signal) =>
      all(engine.logs.followAcrossRestarts(container, {}, quiet(signal), signal)),
  },
  stats: {
    once: (engine, { container }, signal) => engine.stats.once(container, signal),
    watch: (engine, { container }, signal) => all(engine.stats.watch(container, signal)),
  },
  system: {
    version: (engine, _, signal) => engine.system.version(signal),
    info: (engine, _, signal) => engine.system.info(signal),
    events: (engine, _, signal) => all(engine.system.events({ until: '1h' }, signal)),
    diskUsage: (engine, _, signal) => engine.system.diskUsage({}, signal),
  },
  prune: {
    plan: (engine, _, signal) => engine.prune.plan('networks', {}, signal),
    remove: async (engine, _, signal) => {
      const victim = { kind: 'images', id: NOBODY, name: NOBODY, bytes: 0 } as const;
      const { refused } = await engine.prune.remove([victim], none, signal);
      for (const { error } of refused) throw error;
    },
  },
  // The engine is in no swarm and never comes into one: it refuses what is asked of it.
  swarm: {
    state: (engine, _, signal) => engine.swarm.state(signal),
    init: (engine, _, signal) => engine.swarm.init({ advertiseAddr: 'no address' }, signal),
    joinTokens: (engine, _, signal) => engine.swarm.joinTokens(signal),
    leave: (engine, _, signal) => engine.swarm.leave({}, signal),
  },
  services: {
    list: (engine, _, signal) => engine.swarm.services.list(signal),
    tasks: (engine, _, signal) => engine.swarm.services.tasks(NOBODY, signal),
    inspect: (engine, _, signal) => engine.swarm.services.inspect(NOBODY, signal),
    create: (engine, { image }, signal) => engine.swarm.services.create({ image }, signal),
    scale: (engine, _, signal) => engine.swarm.services.scale(NOBODY, 2, signal),
    update: (engine, _, signal) => engine.swarm.services.update(NOBODY, { force: true }, signal),
    rollback: (engine, _, signal) => engine.swarm.services.rollback(NOBODY, signal),
    remove: (engine, _, signal) => engine.swarm.services.remove(NOBODY, signal),
    logs: (engine, _, signal) => all(engine.swarm.services.logs(NOBODY, { follow: true }, signal)),
  },
  nodes: {
    list: (engine, _, signal) => engine.swarm.nodes.list(signal),
    inspect: (engine, _, signal) => engine.swarm.nodes.inspect('self', signal),
    update: (engine, _, signal) => engine.swarm.nodes.update('self', { availability: 'drain' }, signal),
  },
  together: {
    runDetached: (engine, on, signal) => runDetached(engine.requests, request(on, ['true']), signal),
    runAttached: async (engine, on, signal) =>
      output(await runAttached(engine.requests, request(on, ['true']), signal), signal),
    recreate: (engine, on, signal) => recreate(engine, NOBODY, request(on, ['true']), none, signal),
    readImages: async (engine, { image }, signal) =>
      readImages(engine, [await outlineOf(engine, image, signal)], new Paths(), {}, signal),
    backupVolume: (engine, { volume, folder }, signal) =>
      backupVolume(engine, volume, path.join(folder, 'backup.tar'), none, signal),
    restoreVolume: (engine, { volume, folder }, signal) =>
      restoreVolume(engine, volume, path.join(folder, 'in.tar'), none, signal),
    cloneVolume: (engine, { volume }, signal) => cloneVolume(engine, volume, `${volume}-clone`, none, signal),
    emptyVolume: (engine, { volume }, signal) => emptyVolume(engine, volume, signal),
  },
};

/** Each of them by its name, as in `containers.stop`. */
export const EVERY_VERB: readonly (readonly [string, Attempt])[] = Object.entries(ROOMS).flatMap(
  ([room, verbs]) =>
    Object.entries(verbs as Readonly<Record<string, Attempt>>).map(
      ([verb, attempt]) => [`${room}.${verb}`, attempt] as const,
    ),
);
