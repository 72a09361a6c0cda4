import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_DETACH_KEYS,
  DetachFilter,
  NO_DETACH_KEYS,
  parseDetachKeys,
} from '../../../../src/engine/streams/detachKeys';
import { chunksOf } from './bytes';

describe('parseDetachKeys', () => {
  it.each([
    [DEFAULT_DETACH_KEYS, [16, 17]],
    ['a,Z,1,DEL', [97, 90, 49, 127]],
    ['ctrl-a,ctrl-z', [1, 26]],
    ['ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_', [0, 27, 28, 29, 30, 31]],
    [NO_DETACH_KEYS, [30, 0, 30, 0, 30, 0]],
  ])('reads %s', (said, bytes) => {
    expect([...parseDetachKeys(said)]).toEqual(bytes);
  });

  it.each(['', 'ctrl-', 'ctrl-A', 'ctrl-1', 'ab', 'a,', 'é', 'del', 'ctrl-p ,ctrl-q'])(
    'refuses %j',
    (said) => {
      expect(() => parseDetachKeys(said)).toThrow(expect.objectContaining({ kind: 'invalid' }));
    },
  );
});

/** What passes a filter for `keys`, and which of the chunks detached. */
function type(keys: string, ...chunks: string[]): { passed: string; detachedAt: number } {
  const filter = new DetachFilter(Buffer.from(keys));
  let passed = '';
  for (const [i, chunk] of chunks.entries()) {
    const { data, detached } = filter.push(Buffer.from(chunk, 'latin1'));
    passed += data.toString('latin1');
    if (detached) return { passed, detachedAt: i };
  }
  return { passed, detachedAt: -1 };
}

describe('DetachFilter', () => {
  it.each([
    ['the keys one by one', ['\x10', '\x11'], '', 1],
    ['the keys at once', ['\x10\x11'], '', 0],
    ['the keys within a paste', ['ab\x10\x11cd'], 'ab', 0],
    ['the first key twice, then the second', ['\x10', '\x10', '\x11'], '\x10', 2],
    ['the first key and another', ['\x10', 'a'], '\x10a', -1],
    ['the second key alone', ['\x11'], '\x11', -1],
    ['the first key alone', ['\x10'], '', -1],
    ['plain words', ['hello', ' world'], 'hello world', -1],
  ])('takes %s', (_, chunks, passed, detachedAt) => {
    expect(type('\x10\x11', ...chunks)).toEqual({ passed, detachedAt });
  });

  it('finds keys whose beginning comes again in them', () => {
    expect(type('aab', 'a', 'a', 'a', 'b')).toEqual({ passed: 'a', detachedAt: 3 });
    expect(type('aab', 'aaab')).toEqual({ passed: 'a', detachedAt: 0 });
    expect(type('abab', 'ab', 'aa', 'bab')).toEqual({ passed: 'aba', detachedAt: 2 });
  });

  it('passes all on without keys', () => {
    expect(type('', '\x10\x11')).toEqual({ passed: '\x10\x11', detachedAt: -1 });
  });

  it('passes on what stands in front of the keys, however it is typed', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 });
    const keys = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        keys,
        letters,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        (wanted, typed, cuts) => {
          const all = `${typed}${wanted}`;
          const chunks = chunksOf(Buffer.from(all), cuts).map(String);
          const { passed, detachedAt } = type(wanted, ...chunks);
          expect(passed).toBe(all.slice(0, all.indexOf(wanted)));
          expect(detachedAt).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
