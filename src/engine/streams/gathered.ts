/** ms within which a chunk was there already when it was asked for: its writer is faster than its reader. */
const AT_ONCE = 0.1;

/** ms that more may gather in. */
const REST = 0.1;

/** Bytes; a chunk as large as this has been gathered by the writer. */
const LARGE = 8 * 1024;

/**
 * The chunks of a source whose writer sends a line at a time, in larger ones. An engine that finds its reader asleep
 * has to wake it for every line: with a whole log to send, that takes half of its time and all of the reader's. So a
 * reader that is kept busy with small chunks lets some gather before it comes again. `rest` lets the thread sleep,
 * for no timer is as short, and anything busier would take the processor that the engine needs.
 */
export async function* gathered(
  source: AsyncIterable<Buffer>,
  rest: () => void = sleep,
): AsyncGenerator<Buffer> {
  let asked = performance.now();
  for await (const chunk of source) {
    if (chunk.length < LARGE && performance.now() - asked < AT_ONCE) rest();
    yield chunk;
    asked = performance.now();
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

let maySleep = true;

function sleep(): void {
  if (!maySleep) return;
  try {
    Atomics.wait(never, 0, 0, REST);
  } catch {
    // The main thread of a browser or a window may not; it reads as before.
    maySleep = false;
  }
}
