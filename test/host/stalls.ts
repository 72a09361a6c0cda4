import { Worker } from 'node:worker_threads';

/** Every 10 ms, on a thread of its own; answers the longest time between two of them when it is asked. */
const CONTROL = `
const { parentPort } = require('node:worker_threads');
let longest = 0;
let last = Date.now();
setInterval(() => { longest = Math.max(longest, Date.now() - last); last = Date.now(); }, 10);
parentPort.on('message', () => parentPort.postMessage(longest));
`;

/**
 * How long the extension host's thread was not free for others, in ms, at worst, and how long a thread that does nothing
 * was kept from running meanwhile: on a busy machine that happens to both.
 */
export function watchStalls(): () => Promise<{ longest: number; control: number }> {
  const worker = new Worker(CONTROL, { eval: true });
  let longest = 0;
  let last = Date.now();
  const ticking = setInterval(() => {
    longest = Math.max(longest, Date.now() - last);
    last = Date.now();
  }, 10);
  return async () => {
    clearInterval(ticking);
    const control = await new Promise<number>((resolve) => {
      worker.once('message', resolve);
      worker.postMessage('how long?');
    });
    await worker.terminate();
    return { longest, control };
  };
}
