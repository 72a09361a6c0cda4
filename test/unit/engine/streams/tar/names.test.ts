import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeName, encodeName, fsPath } from '../../../../../src/engine/streams/tar/names';

test('text passes unchanged', () => {
  for (const name of ['plain', 'größe', '日本', '🐳', 'a\ufffdb', 'line\nbreak', '']) {
    expect(decodeName(Buffer.from(name))).toBe(name);
    expect(encodeName(name).toString()).toBe(name);
    expect(fsPath(name)).toBe(name);
  }
});

test('bytes that are no text become lone surrogates and come back', () => {
  const bytes = Buffer.from([0x66, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0xc3, 0xbc]);
  const name = decodeName(bytes);
  expect(name).toBe('f\udcff\udcc3(\udce2\udc82ü');
  expect(encodeName(name)).toEqual(bytes);
  expect(fsPath(name)).toEqual(bytes);
});

test('an encoded surrogate and an overlong form are no text', () => {
  for (const bytes of [
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from([0xc0, 0xaf]),
    Buffer.from([0xf0, 0x82, 0x82, 0xac]),
  ])
    expect(encodeName(decodeName(bytes))).toEqual(bytes);
});

test('any bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(encodeName(decodeName(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
    }),
  );
});
