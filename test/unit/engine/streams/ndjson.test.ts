import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messages, ndjson } from '../../../../src/engine/streams/ndjson';
import { all, chunksOf, streamOf } from './bytes';

describe('ndjson', () => {
  it('gives the values whole at every split, characters of several bytes too', async () => {
    const wire = Buffer.from('{"a":"é€😀"}\r\n\n[1]\n"last, without an end"');
    for (let at = 0; at <= wire.length; at++) {
      expect(await all(ndjson(streamOf(wire.subarray(0, at), wire.subarray(at))))).toEqual([
        { a: 'é€😀' },
        [1],
        'last, without an end',
      ]);
    }
  });

  it('reports what is not JSON and goes on', async () => {
    const junk: string[] = [];
    const values = await all(
      ndjson(streamOf('{"a":1}\n<html>\n{"a":\n{"a":2}\n{"cut'), { onJunk: (line) => junk.push(line) }),
    );
    expect(values).toEqual([{ a: 1 }, { a: 2 }]);
    expect(junk).toEqual(['<html>', '{"a":', '{"cut']);
  });

  it('drops a line that is too long, without keeping it, and goes on', async () => {
    const junk: string[] = [];
    const parts = ['{"a":1}\n"', ...Array.from({ length: 50 }, () => 'x'.repeat(1000)), '"\n{"a":2}\n'];
    const values = await all(
      ndjson(streamOf(...parts), { longestLine: 2000, onJunk: (line) => junk.push(line) }),
    );
    expect(values).toEqual([{ a: 1 }, { a: 2 }]);
    expect(junk.map((line) => line.length)).toEqual([200]);
  });

  it('passes the errors of its source on', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from('{"a":1}\n'));
      throw new Error('cut');
    }
    await expect(all(ndjson(failing()))).rejects.toThrow('cut');
  });

  it('reads back whatever JSON was written, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        async (values, cuts) => {
          const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
          const read = await all(ndjson(streamOf(...chunksOf(bytes, cuts))));
          expect(JSON.stringify(read)).toBe(JSON.stringify(values));
        },
      ),
    );
  });

  it('survives anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 64 })), async (parts) => {
        await all(messages(streamOf(...parts.map((part) => Buffer.from(part)))));
      }),
    );
  });
});

describe('messages', () => {
  it('rejects on errorDetail with the error it stands for, after what came before', async () => {
    const seen: unknown[] = [];
    const reading = (async () => {
      const wire = streamOf(
        '{"status":"Pulling"}\n{"errorDetail":{"message":"manifest unknown"},"error":"x"}\n{"a":1}\n',
      );
      for await (const message of messages(wire)) seen.push(message);
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'notFound', cause: { message: 'manifest unknown' } });
    expect(seen).toEqual([{ status: 'Pulling' }]);
  });

  it.each([
    ['{"error":"pull access denied for nope, repository does not exist"}', 'notFound'],
    ['{"errorDetail":{"message":"unauthorized: authentication required"}}', 'denied'],
    ['{"errorDetail":{"message":"write /x: no space left on device"}}', 'invalid'],
    ['{"errorDetail":{"code":1,"message":"something new"}}', 'unknown'],
  ])('tells %s', async (line, kind) => {
    await expect(all(messages(streamOf(line)))).rejects.toMatchObject({ kind });
  });

  it('reports values that are no messages as junk', async () => {
    const junk: string[] = [];
    expect(
      await all(messages(streamOf('1\n[2]\nnull\n{"a":1}\n'), { onJunk: (line) => junk.push(line) })),
    ).toEqual([{ a: 1 }]);
    expect(junk).toEqual(['1', '[2]', 'null']);
  });
});
