import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { Pieces } from '../../../../../src/engine/streams/tar/pieces';

const KILOBYTES = Buffer.alloc(64 * 1024);

async function all(pieces: Pieces): Promise<string> {
  let text = '';
  for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next())
    text += piece.value.toString();
  return text;
}

test('come in order, to the end', async () => {
  const parts = Array.from({ length: 500 }, (_, at) => `${String(at)} `);
  const pieces = new Pieces(
    Readable.from(
      parts.map((part) => Buffer.from(part)),
      { objectMode: false },
    ),
  );
  expect(await all(pieces)).toBe(parts.join(''));
  expect(await pieces.next()).toEqual({ value: undefined, done: true });
});

test('wait where nobody takes them, and go on when somebody does', async () => {
  let made = 0;
  const stream = new Readable({
    read() {
      made++;
      setImmediate(() => this.push(made > 100 ? null : KILOBYTES));
    },
  });
  const pieces = new Pieces(stream);
  await pieces.next();
  await expect.poll(() => stream.isPaused()).toBe(true);
  const before = made;
  await new Promise((resolve) => setImmediate(resolve));
  expect(made).toBe(before);
  expect(made).toBeLessThan(15);
  let taken = 1;
  while ((await pieces.next()).done !== true) taken++;
  expect(taken).toBe(100);
});

test('what came before a failure comes first, and then the failure', async () => {
  const stream = new Readable({ read: () => undefined });
  const pieces = new Pieces(stream);
  stream.push('before');
  expect((await pieces.next()).value?.toString()).toBe('before');
  const broken = new Error('broken');
  const waiting = pieces.next();
  stream.destroy(broken);
  await expect(waiting).rejects.toBe(broken);
  await expect(pieces.next()).rejects.toBe(broken);
});

test('a stream closed without an end is no end', async () => {
  const stream = new Readable({ read: () => undefined });
  const pieces = new Pieces(stream);
  const waiting = pieces.next();
  stream.destroy();
  await expect(waiting).rejects.toThrow('closed before its end');
  await expect(new Pieces(stream).next()).rejects.toThrow();
});

test('given up, they destroy the stream', async () => {
  const stream = new Readable({ read: () => undefined });
  stream.push('x');
  const pieces = new Pieces(stream);
  await pieces.return();
  expect(stream.destroyed).toBe(true);
});
