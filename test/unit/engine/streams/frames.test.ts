import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import {
  FrameParser,
  frames,
  joinedFrames,
  rawFrames,
  type StreamName,
} from '../../../../src/engine/streams/frames';
import { caught, chunksOf, frame, split } from './bytes';

interface Parsed {
  stdout: string;
  stderr: string;
  starts: number;
}

/** What the parser makes of the chunks; bytes as latin1, so that nothing is lost. */
function parse(chunks: Iterable<Buffer>, end = true): Parsed {
  const parts: Record<StreamName, Buffer[]> = { stdout: [], stderr: [] };
  let starts = 0;
  const parser = new FrameParser((stream, chunk, from, to, start) => {
    parts[stream].push(Buffer.from(chunk.subarray(from, to)));
    if (start) starts++;
  });
  for (const chunk of chunks) parser.push(chunk);
  if (end) parser.end();
  return {
    stdout: Buffer.concat(parts.stdout).toString('latin1'),
    stderr: Buffer.concat(parts.stderr).toString('latin1'),
    starts,
  };
}

describe('FrameParser', () => {
  const wire = Buffer.concat([
    frame(1, 'one\n'),
    frame(2, ''),
    frame(2, 'two, é\n'),
    frame(0, 'zero'),
    frame(1, '\0\x01\x02\x03\0\0\0\0'),
  ]);
  const whole: Parsed = {
    stdout: 'one\nzero\0\x01\x02\x03\0\0\0\0',
    stderr: Buffer.from('two, é\n').toString('latin1'),
    starts: 4,
  };

  it('gives the same for every split into two and for single bytes', () => {
    for (let at = 0; at <= wire.length; at++) {
      expect(parse([wire.subarray(0, at), wire.subarray(at)])).toEqual(whole);
    }
    expect(parse(split(wire, 1))).toEqual(whole);
  });

  it('takes 5,000 frames of one byte out of one chunk', () => {
    const many = Buffer.concat(Array.from({ length: 5000 }, (_, i) => frame(1 + (i % 2), 'y')));
    expect(parse([many])).toEqual({ stdout: 'y'.repeat(2500), stderr: 'y'.repeat(2500), starts: 5000 });
  });

  it('copies nothing and holds nothing back of a frame that claims 4 GB', () => {
    const header = frame(1, '');
    header.writeUInt32BE(0xffffffff, 4);
    const seen: [Buffer, number, number][] = [];
    const parser = new FrameParser((_, chunk, from, to) => seen.push([chunk, from, to]));
    const first = Buffer.concat([header, Buffer.from('abc')]);
    const second = Buffer.from('def');
    parser.push(first);
    parser.push(second);
    expect(seen).toEqual([
      [first, 8, 11],
      [second, 0, 3],
    ]);
    expect(seen[1]?.[0]).toBe(second);
  });

  it('raises the error text of a frame of type 3, at every split', () => {
    const failing = Buffer.concat([
      frame(1, 'before'),
      frame(3, 'Error grabbing logs: no such file é'),
      frame(1, 'x'),
    ]);
    for (let at = 0; at <= failing.length; at++) {
      const error = caught(() => parse([failing.subarray(0, at), failing.subarray(at)]));
      expect(error).toBeInstanceOf(EngineError);
      expect(error).toMatchObject({
        kind: 'unknown',
        message: 'The engine says: Error grabbing logs: no such file é',
      });
    }
  });

  it('raises what came of the daemon’s error when the connection ends within it', () => {
    expect(caught(() => parse([frame(3, 'disk on fire').subarray(0, 15)]))).toMatchObject({
      message: 'The engine says: disk on',
    });
  });

  it('keeps the daemon’s error text bounded', () => {
    const error = caught(() => parse(split(frame(3, 'x'.repeat(10_000_000)), 65_536)));
    expect((error as Error).message.length).toBeLessThan(70_000);
  });

  it.each([
    ['in a header', 6],
    ['before the payload', 8],
    ['in the payload', 10],
  ])('refuses an end %s', (_, at) => {
    expect(caught(() => parse([frame(1, 'abc').subarray(0, at)]))).toMatchObject({ kind: 'protocol' });
  });

  it.each([
    ['text of a terminal', Buffer.from('hello, world')],
    ['an unknown type', frame(4, 'abc')],
    ['bytes where zeros belong', Buffer.from([1, 0, 9, 0, 0, 0, 0, 1, 65])],
  ])('refuses %s', (_, bytes) => {
    expect(caught(() => parse([bytes]))).toMatchObject({ kind: 'protocol' });
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 20 }), (pieces) => {
        try {
          parse(pieces.map((piece) => Buffer.from(piece)));
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back what was framed, however it is cut', () => {
    const output = fc.array(
      fc.record({ type: fc.constantFrom(0, 1, 2), data: fc.uint8Array({ maxLength: 300 }) }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(output, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (written, cuts) => {
        const bytes = Buffer.concat(written.map(({ type, data }) => frame(type, Buffer.from(data))));
        const of = (err: boolean): string =>
          Buffer.concat(written.filter(({ type }) => (type === 2) === err).map(({ data }) => data)).toString(
            'latin1',
          );
        expect(parse(chunksOf(bytes, cuts))).toMatchObject({ stdout: of(false), stderr: of(true) });
      }),
    );
  });
});

describe('frames', () => {
  async function* source(...parts: Buffer[]): AsyncGenerator<Buffer> {
    for (const part of parts) yield await Promise.resolve(part);
  }

  it('yields the frames of a chunk together, and those in front of an error', async () => {
    const batches: string[][] = [];
    const reading = (async () => {
      const bytes = [
        Buffer.concat([frame(1, 'a'), frame(2, 'b')]),
        Buffer.concat([frame(1, 'c'), frame(3, 'no')]),
      ];
      for await (const batch of frames(source(...bytes))) {
        batches.push(batch.map(({ stream, data }) => `${stream}:${data.toString()}`));
      }
    })();
    await expect(reading).rejects.toMatchObject({ message: 'The engine says: no' });
    expect(batches).toEqual([['stdout:a', 'stderr:b'], ['stdout:c']]);
  });

  it('asks for a chunk only when one is wanted, and closes the source when left', async () => {
    let asked = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          asked++;
          yield await Promise.resolve(frame(1, 'x'));
        }
      } finally {
        closed = true;
      }
    }
    for await (const batch of frames(endless())) {
      expect(batch).toHaveLength(1);
      if (asked === 3) break;
    }
    expect({ asked, closed }).toEqual({ asked: 3, closed: true });
  });

  it('joins what a chunk holds of one stream', async () => {
    const first = Buffer.concat([
      frame(1, 'one '),
      frame(0, 'two '),
      frame(2, 'err'),
      frame(1, 'three'),
      frame(1, ' fo'),
    ]);
    const seen: string[][] = [];
    for await (const batch of joinedFrames(source(first.subarray(0, -1), first.subarray(-1)))) {
      seen.push(batch.map(({ stream, data }) => `${stream}:${data.toString()}`));
    }
    expect(seen).toEqual([['stdout:one two ', 'stderr:err', 'stdout:three f'], ['stdout:o']]);
  });

  it('joins to the same bytes, however they are cut', async () => {
    const output = fc.array(
      fc.record({ type: fc.constantFrom(1, 2), data: fc.uint8Array({ maxLength: 40 }) }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(
        output,
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
        async (written, cuts) => {
          const bytes = Buffer.concat(written.map(({ type, data }) => frame(type, Buffer.from(data))));
          const whole = parse([bytes]);
          const joined: Record<StreamName, Buffer[]> = { stdout: [], stderr: [] };
          // Copies: the chunks are written to.
          for await (const batch of joinedFrames(
            source(...chunksOf(bytes, cuts).map((chunk) => Buffer.from(chunk))),
          )) {
            for (const { stream, data } of batch) joined[stream].push(data);
          }
          expect(Buffer.concat(joined.stdout).toString('latin1')).toBe(whole.stdout);
          expect(Buffer.concat(joined.stderr).toString('latin1')).toBe(whole.stderr);
        },
      ),
    );
  });

  it('gives a terminal’s output as it is', async () => {
    const seen: string[] = [];
    for await (const batch of rawFrames(
      source(Buffer.from('\x01\0\0\0'), Buffer.alloc(0), Buffer.from('b')),
    )) {
      seen.push(...batch.map(({ stream, data }) => `${stream}:${data.toString('latin1')}`));
    }
    expect(seen).toEqual(['stdout:\x01\0\0\0', 'stdout:b']);
  });
});
