import type { EngineError } from '../errors';
import { isKind } from './archiveFailure';

/** What is needed of `exec`: run a command in a running container to its end. */
export interface Runner {
  run(
    id: string,
    options: {
      readonly command: readonly string[];
      readonly user?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly stdin?: Buffer;
    },
    signal?: AbortSignal,
  ): Promise<{ readonly exitCode: number; readonly stdout: Buffer; readonly stderr: Buffer }>;
}

/** How a command ended; `missing`: the container is not running, is paused, or has no such command. */
export type Ran =
  | { readonly kind: 'missing'; readonly running: boolean }
  | { readonly kind: 'ran'; readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string };

/** As root, because the engine's own way to files is root's as well; in the C locale, so that numbers are read. */
export async function tryRun(
  runner: Runner,
  id: string,
  command: readonly string[],
  options: { readonly stdin?: Buffer } = {},
  signal?: AbortSignal,
): Promise<Ran> {
  try {
    const ran = await runner.run(id, { command, user: '0', env: { LC_ALL: 'C' }, ...options }, signal);
    // 126 and 127 are the engine's own: not executable, not found.
    if (ran.exitCode === 126 || ran.exitCode === 127) return { kind: 'missing', running: true };
    return { kind: 'ran', exitCode: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr.toString('utf8') };
  } catch (error) {
    if (isKind(error, 'conflict')) return { kind: 'missing', running: false };
    if (isMissingCommand(error)) return { kind: 'missing', running: true };
    throw error;
  }
}

function isMissingCommand(error: unknown): error is EngineError {
  return (
    isKind(error, 'notFound', 'denied', 'invalid', 'unknown') && /exec(?:utable|:)/i.test(String(error.cause))
  );
}
