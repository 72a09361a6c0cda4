import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Disposable } from '../emitter';

/**
 * Tells when a socket that is not there appears, so that an engine that has just been started is found at once and not
 * after the back-off. Quietly does nothing where its folder cannot be watched.
 */
export function onSocketAppears(host: string, appeared: () => void): Disposable {
  const path = host.startsWith('unix://') ? host.slice('unix://'.length) : undefined;
  if (path === undefined) return { dispose: () => undefined };
  try {
    const watcher = watch(dirname(path), (_, name) => {
      if (name === basename(path)) appeared();
    });
    watcher.on('error', () => watcher.close());
    return { dispose: () => watcher.close() };
  } catch {
    return { dispose: () => undefined };
  }
}
