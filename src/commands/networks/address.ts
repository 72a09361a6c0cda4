import { isIP } from 'node:net';
import { EngineError, sentence } from '../../engine/errors';

/** Throws when it is no address; nothing is fine. */
export function checkAddress(text: string): void {
  if (text !== '' && isIP(text) === 0)
    throw new EngineError('invalid', sentence('"{0}" is no IP address, such as 172.30.0.5.', text));
}

/** Throws when it is no range of addresses; nothing is fine. */
export function checkSubnet(text: string): void {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const fine = isIP(address) !== 0 && /^\d+$/.test(prefix) && Number(prefix) <= bits && rest.length === 0;
  if (text !== '' && !fine)
    throw new EngineError(
      'invalid',
      sentence('"{0}" is no range of addresses, such as 172.30.0.0/16.', text),
    );
}
