import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameParser, type Frame } from '../../../../src/engine/streams/frames';
import { LineAssembler, type LogLine } from '../../../../src/engine/streams/lines';
import { chunksOf, frame, split } from './bytes';

const SECOND = 1714979289_000000000n;
const stamp = (n: number): string => `2024-05-06T07:08:09.${String(n).padStart(9, '0')}Z `;

/** What is made of a multiplexed log that comes in these chunks, as `stream time text`. */
function assemble(chunks: readonly Buffer[], longestLine?: number): string[] {
  const assembler = new LineAssembler({ tty: false, ...(longestLine === undefined ? {} : { longestLine }) });
  const lines: LogLine[] = [];
  let batch: Frame[] = [];
  const parser = new FrameParser((stream, chunk, from, to, start) =>
    batch.push({ stream, data: chunk.subarray(from, to), start }),
  );
  for (const chunk of chunks) {
    parser.push(chunk);
    lines.push(...assembler.push(batch));
    batch = [];
  }
  return [...lines, ...assembler.end()].map(show);
}

/** The same of a terminal's log. */
function assembleTty(chunks: readonly Buffer[]): string[] {
  const assembler = new LineAssembler({ tty: true });
  const lines = chunks.flatMap((data) => assembler.push([{ stream: 'stdout', data, start: false }]));
  return [...lines, ...assembler.end()].map(show);
}

const show = ({ stream, time, text }: LogLine): string =>
  `${stream === 'stdout' ? 'out' : 'err'} ${String(time - SECOND)} ${text}`;

/** As `copier.go` cuts a line: pieces of 16 KiB, each with a timestamp of its own. */
function pieces(text: string, first: number): Buffer[] {
  return split(Buffer.from(text), 16_384).map((piece, i) =>
    Buffer.concat([Buffer.from(stamp(first + i)), piece]),
  );
}

describe('LineAssembler', () => {
  it('gives the same lines at every split, for both streams', () => {
    const wire = Buffer.concat([
      frame(1, `${stamp(1)}é€😀\n`),
      frame(2, `${stamp(2)}bad\r\n`),
      frame(1, `${stamp(3)}\n`),
      frame(1, `${stamp(4)}no end`),
    ]);
    const lines = ['out 1 é€😀', 'err 2 bad', 'out 3 ', 'out 4 no end'];
    for (let at = 0; at <= wire.length; at++) {
      expect(assemble([wire.subarray(0, at), wire.subarray(at)])).toEqual(lines);
    }
    expect(assemble(split(wire, 1))).toEqual(lines);
  });

  it.each([20_000, 16_384, 16_385, 32_768, 50_000])('joins the pieces of a line of %i bytes', (length) => {
    const text = 'é'.repeat(length / 2).padEnd(length / 2 + (length % 2), 'x');
    const wire = Buffer.concat([
      ...pieces(`${text}\n`, 1).map((piece) => frame(1, piece)),
      frame(1, `${stamp(9)}next\n`),
    ]);
    const lines = [`out 1 ${text}`, 'out 9 next'];
    expect(assemble([wire])).toEqual(lines);
    expect(assemble(split(wire, 1000))).toEqual(lines);
  });

  it('keeps the streams apart while both have a line open', () => {
    const out = pieces(`${'a'.repeat(20_000)}\n`, 1);
    const err = pieces(`${'b'.repeat(20_000)}\n`, 5);
    const wire = [out[0], err[0], out[1], err[1]].map((piece, i) => frame(1 + (i % 2), piece ?? ''));
    expect(assemble(wire)).toEqual([`out 1 ${'a'.repeat(20_000)}`, `err 5 ${'b'.repeat(20_000)}`]);
  });

  it('does not join the last words of one run to the first of the next', () => {
    const wire = [frame(1, `${stamp(1)}no end`), frame(1, `${stamp(2)}hello\n`)];
    expect(assemble(wire)).toEqual(['out 1 no end', 'out 2 hello']);
  });

  it("does not join a terminal's prompt to the first words of the next run", () => {
    const wire = Buffer.from(`${stamp(5)}# ${stamp(7)}# ${stamp(8)}hello\r\n`);
    const lines = ['out 5 # ', 'out 7 # ', 'out 8 hello'];
    expect(assembleTty([wire])).toEqual(lines);
    expect(assembleTty(split(wire, 1))).toEqual(lines);
    // What a program writes itself it has written before the engine got it.
    expect(assembleTty([Buffer.from(`${stamp(5)}at ${stamp(5)}of ${stamp(4)}\n`)])).toEqual([
      `out 5 at ${stamp(5)}of ${stamp(4)}`,
    ]);
  });

  it('takes no longer for a line that is full of timestamps', () => {
    const stamps = Array.from({ length: 32_000 }, (_, i) => stamp(i + 1));
    const lines = assembleTty([Buffer.from(`${stamps.join('')}end\n`)]);
    expect(lines.length).toBeGreaterThan(30_000);
    expect(lines.at(-1)).toBe('out 32000 end');
  });

  it('keeps what a program writes within a line', () => {
    const text = '\x1b[31m10%\r20%\0 \x1b[0m';
    expect(assemble([frame(1, `${stamp(1)}${text}\n`)])).toEqual([`out 1 ${text}`]);
  });

  it('takes what has no timestamp as text', () => {
    const wire = [
      frame(1, `${stamp(1)}a\n`),
      frame(1, 'plain words\n'),
      frame(1, 'short'),
      frame(2, 'x'.repeat(100)),
    ];
    expect(assemble(wire)).toEqual([
      'out 1 a',
      'out 1 plain words',
      'out 1 short',
      `err ${String(-SECOND)} ${'x'.repeat(100)}`,
    ]);
  });

  it('cuts a line that is too long between characters', () => {
    const wire = frame(1, `${stamp(1)}${'€'.repeat(1000)}\n`);
    const lines = assemble(split(wire, 7), 100);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.every((line) => /^out 1 €{0,36}$/.test(line))).toBe(true);
    expect(lines.map((line) => line.slice(6)).join('')).toBe('€'.repeat(1000));
  });

  it('reads the log of a terminal at every split', () => {
    const wire = Buffer.from(`${stamp(1)}hello é\r\n${stamp(2)}\r\n${stamp(3)}$ `);
    for (let at = 0; at <= wire.length; at++) {
      expect(assembleTty([wire.subarray(0, at), wire.subarray(at)])).toEqual([
        'out 1 hello é',
        'out 2 ',
        'out 3 $ ',
      ]);
    }
  });

  it.each([16_384, 20_000, 32_768, 40_000])('joins the pieces of a terminal’s line of %i bytes', (length) => {
    const text = 'w'.repeat(length);
    const wire = Buffer.concat([...pieces(`${text}\n`, 1), Buffer.from(`${stamp(9)}next\r\n`)]);
    expect(assembleTty([wire])).toEqual([`out 1 ${text}`, 'out 9 next']);
    expect(assembleTty(split(wire, 1000))).toEqual([`out 1 ${text}`, 'out 9 next']);
  });

  it('does not lose a terminal’s text after 16 KiB that is no piece', () => {
    const text = `${'w'.repeat(16_384)} more words, and more of them, and many more of them`;
    expect(assembleTty([Buffer.from(`${stamp(1)}${text}\r\n`)])).toEqual([`out 1 ${text}`]);
  });

  it('gives back the lines that were written, however they are cut', () => {
    const written = fc.array(
      fc.record({
        err: fc.boolean(),
        text: fc.oneof(
          fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\n\r]/g, '-')),
          fc.integer({ min: 16_380, max: 40_000 }).map((length) => 'ü'.repeat(length)),
        ),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(written, fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), (lines, cuts) => {
        const wire = Buffer.concat(
          lines.flatMap(({ err, text }, i) =>
            pieces(`${text}\n`, i * 10).map((piece) => frame(err ? 2 : 1, piece)),
          ),
        );
        expect(assemble(chunksOf(wire, cuts))).toEqual(
          lines.map(({ err, text }, i) => `${err ? 'err' : 'out'} ${String(i * 10)} ${text}`),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('survives anything a terminal may send', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (parts) => {
        assembleTty(parts.map((part) => Buffer.from(part)));
      }),
    );
  });
});
