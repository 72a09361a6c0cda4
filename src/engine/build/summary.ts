import { setImmediate as turn } from 'node:timers/promises';
import { cancelled } from '../errors';
import { hostTree } from '../files/hostTree';
import type { BuildContext } from './context';
import { selectionOf } from './selection';

/** What a context holds, before any of it is sent. Bytes are of content; directories are no files. */
export interface ContextSummary {
  readonly files: number;
  readonly bytes: number;
  /** The largest files that are sent, largest first; paths within the context, with slashes. */
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
  /** What the ignore file leaves out. */
  readonly ignoredFiles: number;
  readonly ignoredBytes: number;
}

const MOST_LARGEST = 10;

/** ms of work between two turns of others. */
const SLICE = 10;

/** Count a context, the ignored part too. Takes as long as to list it all; others have their turns meanwhile. */
export async function summarise(
  { root, rules }: BuildContext,
  signal?: AbortSignal,
): Promise<ContextSummary> {
  const choose = selectionOf(rules);
  const sent = { files: 0, bytes: 0 };
  const ignored = { files: 0, bytes: 0 };
  const largest: { path: string; bytes: number }[] = [];
  let began = performance.now();
  for (const item of hostTree({ path: root, name: '' })) {
    if (performance.now() - began > SLICE) {
      await turn();
      if (signal?.aborted === true) throw cancelled(signal.reason);
      began = performance.now();
    }
    const { entry } = item ?? {};
    if (!entry) continue;
    const packed = choose(entry.name.replace(/\/$/, '')) === 'pack';
    if (entry.type === 'directory') continue;
    const bytes = entry.size ?? 0;
    const counts = packed ? sent : ignored;
    counts.files++;
    counts.bytes += bytes;
    if (packed) keepLargest(largest, { path: entry.name, bytes });
  }
  return { ...sent, largest, ignoredFiles: ignored.files, ignoredBytes: ignored.bytes };
}

function keepLargest(
  largest: { path: string; bytes: number }[],
  file: { path: string; bytes: number },
): void {
  if (largest.length === MOST_LARGEST && file.bytes <= (largest.at(-1)?.bytes ?? 0)) return;
  const at = largest.findIndex(({ bytes }) => bytes < file.bytes);
  largest.splice(at < 0 ? largest.length : at, 0, file);
  largest.length = Math.min(largest.length, MOST_LARGEST);
}
