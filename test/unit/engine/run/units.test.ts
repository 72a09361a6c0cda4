import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesSize,
  exactCpus,
  exactDuration,
  exactSize,
  humanSize,
  parseCpus,
  parseDuration,
  parseSize,
  parseSizeOrUnlimited,
} from '../../../../src/engine/run/units';
import { expectInvalid, thrownBy } from './expectInvalid';
import { expectLinear } from './linear';

describe('sizes', () => {
  it.each([
    ['0', 0],
    ['32', 32],
    ['32b', 32],
    ['32B', 32],
    ['32k', 32 * 1024],
    ['32KiB', 32 * 1024],
    ['32 Mb', 32 * 1024 ** 2],
    ['1.5g', 1.5 * 1024 ** 3],
    ['0.1k', 102],
    ['.5m', 512 * 1024],
    ['1.m', 1024 ** 2],
    ['2t', 2 * 1024 ** 4],
    ['1p', 1024 ** 5],
  ])('%s', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each(['', '-1', '-32', 'm', '1.2.3', '1  m', '1 m ', ' 1m', '1mm', '.m', '1e3', '1x', '9p', '1,5g'])(
    'refuses %j',
    (text) => expectInvalid(() => parseSize(text), /size/),
  );

  it('takes -1 for unlimited only where it means something', () => {
    expect(parseSizeOrUnlimited('-1')).toBe(-1);
    expect(parseSizeOrUnlimited('1k')).toBe(1024);
  });

  it.each([
    [0, '0B', '0B'],
    [999, '999B', '999B'],
    [1000, '1kB', '1000B'],
    [1023, '1.023kB', '1023B'],
    [1024, '1.024kB', '1KiB'],
    [1025024, '1.025MB', '1001KiB'],
    [102656, '102.7kB', '100.2KiB'],
    [1234500, '1.234MB', '1.177MiB'],
    [999950, '1000kB', '976.5KiB'],
    [2746000, '2.746MB', '2.619MiB'],
    [1e15, '1PB', '909.5TiB'],
  ])('%d is %s and %s', (bytes, decimal, binary) => {
    expect(humanSize(bytes)).toBe(decimal);
    expect(bytesSize(bytes)).toBe(binary);
  });

  it('writes an exact size that reads back', () => {
    expect(exactSize(536870912)).toBe('512m');
    expect(exactSize(1000)).toBe('1000');
    fc.assert(
      fc.property(fc.maxSafeNat(), (n) => {
        expect(parseSize(exactSize(n))).toBe(n);
      }),
    );
  });
});

describe('cpus', () => {
  it.each([
    ['1', 1e9],
    ['1.5', 15e8],
    ['.25', 25e7],
    ['2.', 2e9],
    ['0.123456789', 123456789],
    ['1e-3', 1e6],
    ['1.5E1', 15e9],
    ['1/2', 5e8],
  ])('%s', (text, nano) => expect(parseCpus(text)).toBe(nano));

  it.each([
    ['', /number of CPUs/],
    ['.', /number of CPUs/],
    ['-1', /number of CPUs/],
    ['a', /number of CPUs/],
    ['1.5/2', /number of CPUs/],
    ['1/3', /too precise/],
    ['1/0', /too precise/],
    ['0.1234567891', /too precise/],
    ['1e99', /more CPUs/],
  ])('refuses %j', (text, about) => expectInvalid(() => parseCpus(text), about));

  it('writes what it reads', () => {
    expect(exactCpus(15e8)).toBe('1.5');
    fc.assert(
      fc.property(fc.maxSafeNat(), (n) => {
        expect(parseCpus(exactCpus(n))).toBe(n);
      }),
    );
  });
});

describe('durations', () => {
  it.each([
    ['0', 0],
    ['5s', 5e9],
    ['1m30s', 90e9],
    ['1.5h', 5400e9],
    ['300ms', 3e8],
    ['2us3ns', 2003],
    ['4.5s', 45e8],
    ['.5s', 5e8],
    ['1.s', 1e9],
    ['-3s', -3e9],
    ['+3s', 3e9],
    ['1\u00b5s', 1000],
    ['1.0000000001s', 1e9],
  ])('%s', (text, nanoseconds) => expect(parseDuration(text)).toBe(nanoseconds));

  it.each(['', '3', 's', '.s', '1 s', '1d', '1h-1m', '--1s', '9999999h', '1s1', '+', '1s'.repeat(200)])(
    'refuses %j',
    (text) => expectInvalid(() => parseDuration(text), /duration/),
  );

  it('writes what it reads', () => {
    expect(exactDuration(90e9)).toBe('1m30s');
    expect(exactDuration(0)).toBe('0s');
    fc.assert(
      fc.property(fc.maxSafeNat(), (n) => {
        expect(parseDuration(exactDuration(n))).toBe(n);
      }),
    );
  });
});

it('throws nothing but its own error, and never hangs', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789.eE+-/ kmgbinush\u00b5')),
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, (value) => {
      for (const parse of [parseSize, parseSizeOrUnlimited, parseCpus, parseDuration]) {
        thrownBy(() => expect(Number.isSafeInteger(parse(value))).toBe(true));
      }
    }),
  );
  expectLinear(['1', '1.', '1s', '.', ' '], (value) => {
    for (const parse of [parseSize, parseCpus, parseDuration]) thrownBy(() => parse(value));
  });
});
