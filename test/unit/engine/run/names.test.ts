import { describe, expect, it } from 'vitest';
import { checkContainerName, ownName, shortId } from '../../../../src/engine/run/names';
import { expectInvalid } from './expectInvalid';

describe('names', () => {
  it.each(['web', 'ab', 'a.b_c-d', '0x', '/web'])('allows %s', (name) => checkContainerName(name));
  it.each(['', 'a', '_ab', '.ab', '-ab', 'a b', 'a/b', 'ä1', 'a\n'])('refuses %j', (name) =>
    expectInvalid(() => checkContainerName(name), /name of a container/),
  );

  it('shortens ids', () => {
    expect(shortId('sha256:0123456789abcdef')).toBe('0123456789ab');
    expect(shortId('0123456789abcdef')).toBe('0123456789ab');
  });

  it('finds the own name among link aliases', () => {
    expect(ownName(['/web/db', '/db'])).toBe('db');
    expect(ownName([])).toBeUndefined();
  });
});
