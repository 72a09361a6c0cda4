import { expect, test } from 'vitest';
import { roughSize, TransferSizes } from '../../../../src/commands/images/transfer';
import type { LayerProgress, Progress } from '../../../../src/engine/streams/progress';

const told = (...layers: LayerProgress[]): Progress => ({ fraction: 0, layers, text: '' });

test('nothing is known before the first size', () => {
  const sizes = new TransferSizes();
  expect(sizes.of(told({ id: 'a', status: 'Waiting' }))).toBeUndefined();
});

test('a layer that is through counts with the size it had', () => {
  const sizes = new TransferSizes();
  sizes.of(told({ id: 'a', status: 'Downloading', current: 10, total: 100 }));
  const layers = [
    { id: 'a', status: 'Download complete' },
    { id: 'b', status: 'Downloading', current: 5, total: 50 },
  ];
  expect(sizes.of(told(...layers))).toEqual({ moved: 105, total: 150 });
});

test('a layer that is there already is no transfer', () => {
  const sizes = new TransferSizes();
  const layers = [
    { id: 'a', status: 'Already exists' },
    { id: 'b', status: 'Downloading', current: 5, total: 50 },
  ];
  expect(sizes.of(told(...layers))).toEqual({ moved: 5, total: 50 });
});

test('a registry that sends more than it told does not fill the bar over', () => {
  const sizes = new TransferSizes();
  const layer = { id: 'a', status: 'Downloading', current: 70, total: 50 };
  expect(sizes.of(told(layer))).toEqual({ moved: 50, total: 50 });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [9999, '10.0 kB'],
  [12_345_678, '12.3 MB'],
  [999_600, '1.00 MB'],
  [123_456_789_012, '123 GB'],
])('%d bytes are %s', (bytes, said) => expect(roughSize(bytes)).toBe(said));
