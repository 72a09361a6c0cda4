import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileAddress, parseFileAddress, type FileAddress } from '../../../../src/engine/files/fileAddress';
import { decodeName } from '../../../../src/engine/streams/tar/names';

const ID = 'c0ffee'.padEnd(64, '0');

function address(path: string, more: Partial<FileAddress> = {}): FileAddress {
  return { kind: 'container', engine: 'default', id: ID, path, ...more };
}

test('a usual path stays readable', () => {
  expect(fileAddress(address('/etc/nginx/näme with blanks 100%.conf'))).toEqual({
    scheme: 'quayside-container',
    authority: `${ID}.default`,
    path: '/etc/nginx/näme with blanks 100%.conf',
  });
});

test('what a name hides is seen in its address', () => {
  const { path } = fileAddress(address('/tmp/gpj.\u202eexe\n\u001b[31m\\'));
  expect(path).toBe('/tmp/gpj.␛E2␛80␛AEexe␛0A␛1B[31m␛5C');
  expect(parseFileAddress(fileAddress(address('/C:/Users')))?.path).toBe('/C:/Users');
  expect(fileAddress(address('/C:/Users')).path).not.toContain(':');
});

/** Names as the engine layer makes them: of any bytes but a slash and NUL. */
const name = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((bytes) => decodeName(Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x3a : byte)))));
const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const path = fc.array(
  fc.oneof(
    name,
    text.map((some) => some.replaceAll('/', '_')),
  ),
  { maxLength: 4 },
);

test('every address comes back as it was, from what the editor makes of it too', () => {
  const whatever = fc.record({
    kind: fc.constantFrom('container' as const, 'image' as const, 'volume' as const),
    engine: text,
    id: fc.oneof(fc.constant(ID), text),
    path: path.map((parts) => `/${parts.join('/')}`),
  });
  fc.assert(
    fc.property(whatever, (given) => {
      const parts = fileAddress(given);
      expect(parts.authority).toBe(parts.authority.toLowerCase());
      // Throws for what no URI can hold.
      const printed = encodeURIComponent(parts.path);
      expect(parseFileAddress({ ...parts, path: decodeURIComponent(printed) })).toEqual(given);
    }),
  );
});

test('two files never share an address', () => {
  fc.assert(
    fc.property(path, path, (one, other) => {
      const [a, b] = [one, other].map((parts) => fileAddress(address(`/${parts.join('/')}`)).path);
      expect(a === b).toBe(one.join('/') === other.join('/'));
    }),
  );
});

test('what is no address of ours is none', () => {
  expect(parseFileAddress({ scheme: 'file', authority: `${ID}.default`, path: '/' })).toBeUndefined();
  expect(parseFileAddress({ scheme: 'quayside-container', authority: '', path: '/' })).toBeUndefined();
  expect(parseFileAddress({ scheme: 'quayside-container', authority: 'a.b.c', path: '/' })).toBeUndefined();
});
