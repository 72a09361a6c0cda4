import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ResumePoint } from '../../../../src/engine/logs/resume';
import type { LogLine } from '../../../../src/engine/streams/lines';

const line = (time: number, text: string, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  stream,
  time: BigInt(time),
  text,
});
const texts = (lines: readonly LogLine[]): string[] => lines.map(({ text }) => text);

it('asks for nothing before something came', () => {
  expect(new ResumePoint().resume()).toBeUndefined();
});

it('leaves out what was given, and nothing else of the same instant', () => {
  const point = new ResumePoint();
  point.fresh([line(1e9, 'a'), line(2e9, 'b'), line(2e9, 'b'), line(2e9, 'c')]);
  expect(point.resume()).toBe('1.900000000');
  const again = [
    line(2e9, 'b'),
    line(2e9, 'b'),
    line(2e9, 'c'),
    line(2e9, 'c', 'stderr'),
    line(2e9, 'b'),
    line(3e9, 'd'),
  ];
  expect(texts(point.fresh(again))).toEqual(['c', 'b', 'd']);
});

it('gives a line that was stored late, once', () => {
  const point = new ResumePoint();
  point.fresh([line(2e9, 'a'), line(2.05e9, 'c')]);
  point.resume();
  const stored = [line(2e9, 'a'), line(2.05e9, 'c'), line(2.04e9, 'b', 'stderr')];
  expect(texts(point.fresh(stored))).toEqual(['b']);
  point.resume();
  expect(texts(point.fresh(stored))).toEqual([]);
});

it('never goes back before the first line: what stood in front of it was not wanted', () => {
  const point = new ResumePoint();
  point.fresh([line(2e9, 'first of the tail')]);
  expect(point.resume()).toBe('2.000000000');
  expect(texts(point.fresh([line(1.99e9, 'older'), line(2e9, 'first of the tail')]))).toEqual([]);
});

it('gives every line once, wherever the connection is cut and however far it had come', () => {
  const log = fc.array(
    fc.record({ gap: fc.constantFrom(0, 1, 1000, 60_000_000, 1e9), text: fc.constantFrom('a', 'b', 'c') }),
    {
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(log, fc.array(fc.integer({ min: 0, max: 15 })), (entries, cuts) => {
      let time = 0;
      const stored = entries.map(({ gap, text }) => line((time += gap), text));
      const point = new ResumePoint();
      const given: LogLine[] = [];
      for (const cut of [...cuts, stored.length]) {
        const since = point.resume();
        const floor = since === undefined ? 0n : BigInt(since.replace('.', ''));
        given.push(...point.fresh(stored.filter((each) => each.time >= floor).slice(0, cut)));
      }
      expect(given).toEqual(stored);
    }),
  );
});

it('remembers no more than the last lines', () => {
  const point = new ResumePoint();
  for (let i = 0; i < 200_000; i++) point.fresh([line(i * 1e6, 'x')]);
  point.resume();
  const stored = Array.from({ length: 300 }, (_, i) => line((199_800 + i) * 1e6, 'x'));
  expect(point.fresh(stored)).toHaveLength(100);
});
