// One piece of work in a process of its own, so that its time, CPU and peak memory are its own:
//   node worker.mjs BUNDLE HOST WORK ARGUMENTS…
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, lensOf } from './ours.mjs';

const [bundle = '', host = '', work = '', ...args] = process.argv.slice(2);
const engine = connect(bundle, host);

/** @type {Record<string, (...args: string[]) => Promise<unknown>>} */
const works = {
  idle: async () => undefined,
  logs: async (id = '') => {
    let bytes = 0;
    for await (const frames of engine.logs.output(id)) for (const { data } of frames) bytes += data.length;
    return bytes;
  },
  copyFrom: (id = '', from = '', to = '') => engine.files.copyFrom(id, from, to),
  copyTo: (id = '', from = '', to = '') => engine.files.copyTo(id, from, to),
  build: (context = '', tag = '') => engine.build.run({ builder: 'engine', context, tags: [tag] }),
  lensOutline: async (name = '') => (await lensOf(bundle).outlineOf(engine, name)).rows.length,
  lens: async (name = '') => {
    const { outlineOf, readImages, Paths, FileState, treeOf, efficiencyOf } = lensOf(bundle);
    const outline = await outlineOf(engine, name);
    const paths = new Paths();
    const [image] = await readImages(engine, [outline], paths);
    if (!image) throw new Error('No image was read.');
    const { files } = image;
    // What the panel shows first: all files with what the last layer did to them, and what is wasted.
    const state = (/** @type {number} */ count) => new FileState(paths, files, count);
    const tree = treeOf(state(files.length - 1), state(files.length));
    return [tree.depths.length, efficiencyOf(paths, files).score];
  },
  stats: async (seconds = '1', ...ids) => {
    let samples = 0;
    for (const id of ids) {
      void (async () => {
        // As `docker stats`, which does not look up what a container may use of the machine's processors.
        for await (const sample of engine.stats.watch(id, new AbortController().signal, { limits: false }))
          samples += sample === 'gap' ? 0 : 1;
      })();
    }
    await wait(Number(seconds) * 1000);
    return samples;
  },
};

// The connection is made before: what is measured is the work.
await engine.system.version();
const before = process.cpuUsage();
const began = performance.now();
const answer = await works[work]?.(...args);
const ms = performance.now() - began;
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    ms,
    cpuMs: (user + system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    answer,
  }),
);
process.exit(0);
