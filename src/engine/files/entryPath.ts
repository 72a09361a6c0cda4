import { EngineError, sentence } from '../errors';
import { shown } from './hostFailure';

/** The parts of a name below the destination; empty for the destination itself. */
export type EntryPath = readonly string[];

/**
 * An entry's name as a path below the destination, cleaned as Go's `path.Clean` does it: an absolute name counts from
 * the destination, `..` takes back a part. Throws `invalid` for one that leads out.
 */
export function entryPath(name: string, platform: NodeJS.Platform = process.platform): EntryPath {
  const absolute = name.startsWith('/');
  const parts: string[] = [];
  // On Windows a backslash divides as well, whoever wrote the name.
  for (const part of name.split(platform === 'win32' ? /[/\\]/ : '/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined && !absolute) throw leadsOut(name);
  }
  return parts;
}

/** The archive wants to write outside of where it was told to. */
export function leadsOut(name: string): EngineError {
  return new EngineError(
    'invalid',
    sentence(
      'The archive wants to write to "{0}", outside of the destination. The copy was stopped; do not trust this archive.',
      shown(name),
    ),
  );
}

// Names that are devices, whatever stands behind the first dot (`docs: Naming Files, Paths, and Namespaces` of Win32).
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)/i;
const FORBIDDEN = /[<>:"|?*\p{Cc}]|[. ]$/u;

/** Whether this computer can have a file of that name. */
export function nameAllowed(path: EntryPath, platform: NodeJS.Platform = process.platform): boolean {
  return platform !== 'win32' || !path.some((part) => DEVICE.test(part) || FORBIDDEN.test(part));
}
