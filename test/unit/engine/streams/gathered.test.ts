import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gathered } from '../../../../src/engine/streams/gathered';

const small = Buffer.from('a line\n');

async function restsOver(source: AsyncIterable<Buffer>): Promise<{ rests: number; bytes: string }> {
  let rests = 0;
  const got: Buffer[] = [];
  for await (const chunk of gathered(source, () => rests++)) got.push(chunk);
  return { rests, bytes: Buffer.concat(got).toString() };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a source is asynchronous
async function* atOnce(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

describe('gathered', () => {
  it('rests while small chunks are there as soon as they are asked for, and gives all of them', async () => {
    const { rests, bytes } = await restsOver(atOnce(Array.from({ length: 500 }, () => small)));
    // A pause of the machine may fall between two of them.
    expect(rests).toBeGreaterThan(400);
    expect(bytes).toBe('a line\n'.repeat(500));
  });

  it('does not rest for a writer that is slower, so that a line is shown when it comes', async () => {
    const slow = async function* (): AsyncGenerator<Buffer> {
      for (let count = 0; count < 20; count++) {
        await wait(2);
        yield small;
      }
    };
    expect((await restsOver(slow())).rests).toBe(0);
  });

  it('does not rest where chunks are large', async () => {
    const large = Buffer.alloc(64 * 1024, 'x');
    expect((await restsOver(atOnce(Array.from({ length: 100 }, () => large)))).rests).toBe(0);
  });

  it('sleeps for less than a millisecond', async () => {
    const began = performance.now();
    let count = 0;
    for await (const chunk of gathered(atOnce(Array.from({ length: 200 }, () => small))))
      count += chunk.length > 0 ? 1 : 0;
    expect(count).toBe(200);
    expect((performance.now() - began) / count).toBeLessThan(1);
  });

  it('hands on what its source throws', async () => {
    const failing = async function* (): AsyncGenerator<Buffer> {
      yield* atOnce([small, small]);
      throw new Error('cut');
    };
    await expect(restsOver(failing())).rejects.toThrow('cut');
  });

  it('ends its source when it is left', async () => {
    let ended = false;
    const endless = async function* (): AsyncGenerator<Buffer> {
      try {
        for (;;) yield* atOnce([small]);
      } finally {
        ended = true;
      }
    };
    for await (const chunk of gathered(endless())) if (chunk.length > 0) break;
    expect(ended).toBe(true);
  });
});
