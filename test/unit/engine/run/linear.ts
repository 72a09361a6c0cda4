import { expect } from 'vitest';
import { thrownBy } from './expectInvalid';

const LENGTH = 30_000;
/** Anything that grows with the square of the length takes seconds. */
const MILLISECONDS = 150;

/**
 * Give `act` long inputs made of each unit; it may refuse them with its own error, but has to be done at once. The time is the
 * processor's, which a busy machine does not stretch.
 */
export function expectLinear(units: readonly string[], act: (text: string) => unknown): void {
  for (const unit of units) {
    const text = unit.repeat(LENGTH / unit.length);
    const before = process.cpuUsage();
    thrownBy(() => act(text));
    const { user } = process.cpuUsage(before);
    expect(user / 1000, `milliseconds for ${JSON.stringify(unit)}`).toBeLessThan(MILLISECONDS);
  }
}
