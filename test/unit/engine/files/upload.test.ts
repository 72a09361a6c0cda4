import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { PassedOn } from '../../../../src/engine/files/upload';

async function drain(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

test('a source is passed on', async () => {
  const upload = new PassedOn(Readable.from([Buffer.from('a'), Buffer.from('b')]) as AsyncIterable<Buffer>);
  expect(await drain(upload.stream)).toBe('ab');
  expect(upload.failure).toBeUndefined();
});

test('one that fails ends what was passed on, and says why', async () => {
  const source = (async function* () {
    yield Buffer.from('a');
    await Promise.resolve();
    throw new Error('broken');
  })();
  const upload = new PassedOn(source);
  expect(await drain(upload.stream)).toBe('a');
  expect(upload.failure).toBeInstanceOf(EngineError);
  expect(upload.failure?.message).toBe('broken');
});

test('one that waits is left when the user has enough', async () => {
  const stop = new AbortController();
  const source = new Readable({ read: () => undefined });
  source.push('a');
  const upload = new PassedOn(source as AsyncIterable<Buffer>, stop.signal);
  const drained = drain(upload.stream);
  await new Promise((resolve) => upload.stream.once('data', resolve));
  stop.abort();
  expect(await drained).toBe('a');
  expect(upload.failure?.kind).toBe('cancelled');
  expect(source.destroyed).toBe(true);
});

test('one that nobody wants any more is closed', async () => {
  let closed = false;
  const source = (async function* () {
    try {
      for (;;) {
        await Promise.resolve();
        yield Buffer.alloc(1000);
      }
    } finally {
      closed = true;
    }
  })();
  const upload = new PassedOn(source);
  await new Promise((resolve) => upload.stream.once('data', resolve));
  upload.stream.destroy();
  await expect.poll(() => closed).toBe(true);
});
