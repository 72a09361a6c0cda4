// One piece of work in a process of its own, so that its time, CPU and peak memory are its own:
//   node worker.mjs BUNDLE HOST WORK ARGUMENTS…
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from './ours.mjs';

const [bundle = '', host = '', work = '', ...args] = process.argv.slice(2);
const engine = connect(bundle, host);

/** @type {Record<string, (...args: string[]) => Promise<unknown>>} */
const works = {
  idle: async () => undefined,
  list: async () => {
    const watch = engine.model.watch('containers');
    await new Promise((resolve) => engine.model.containers.onDidChange(() => resolve(undefined)));
    watch.dispose();
  },
  logs: async (id = '', tail = 'all') => {
    let bytes = 0;
    const options = tail === 'all' ? {} : { tail: Number(tail) };
    for await (const frames of engine.logs.output(id, options))
      for (const { data } of frames) bytes += data.length;
    return bytes;
  },
  copyFrom: (id = '', from = '', to = '') => engine.files.copyFrom(id, from, to),
  copyTo: (id = '', from = '', to = '') => engine.files.copyTo(id, from, to),
  stats: async (seconds = '1', ...ids) => {
    const stop = new AbortController();
    const streams = ids.map(async (id) => {
      let samples = 0;
      for await (const sample of engine.stats.watch(id, stop.signal)) samples += sample === 'gap' ? 0 : 1;
      return samples;
    });
    await wait(Number(seconds) * 1000);
    stop.abort();
    return (await Promise.allSettled(streams)).length;
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
