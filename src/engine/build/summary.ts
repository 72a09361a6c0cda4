import { setImmediate as turn } from 'node:timers/promises';
import { cancelled } from '../errors';
import { hostTree } from '../files/hostTree';
import type { BuildContext } from './context';
import { judgeOf, selectionOf } from './selection';

/** So many files, and the bytes of their content. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** What a context holds, before any of it is sent. Bytes are of content; directories are no files. */
export interface ContextSummary extends Amount {
  /** The largest files that are sent, largest first; paths within the context, with slashes. */
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
  /** The folders in which the most of it is, at most two deep, each with all that is below it. */
  readonly largestFolders: readonly ({ readonly path: string } & Amount)[];
  /** What the ignore file leaves out. */
  readonly ignoredFiles: number;
  readonly ignoredBytes: number;
  /** The same by the pattern that has decided, most bytes first. */
  readonly ignoredBy: readonly ({ readonly pattern: string } & Amount)[];
}

export interface SummaryOptions {
  /** `false`: what is left out is not looked at, nor counted; it may be far more than what is sent. */
  readonly ignored?: boolean;
}

const MOST_LARGEST = 10;

/** Folders below these are part of them. */
const DEEPEST = 2;

/** ms of work between two turns of others. */
const SLICE = 10;

/** Count a context, the ignored part too. Takes as long as to list it all; others have their turns meanwhile. */
export async function summarise(
  { root, rules }: BuildContext,
  signal?: AbortSignal,
  { ignored = true }: SummaryOptions = {},
): Promise<ContextSummary> {
  const judge = judgeOf(rules);
  const sent = { files: 0, bytes: 0 };
  const left = { files: 0, bytes: 0 };
  const folders = new Map<string, { files: number; bytes: number }>();
  const patterns = new Map<string, { files: number; bytes: number }>();
  const largest: { path: string; bytes: number }[] = [];
  let began = performance.now();
  for (const item of hostTree({ path: root, name: '' }, ignored ? undefined : selectionOf(rules))) {
    if (performance.now() - began > SLICE) {
      await turn();
      if (signal?.aborted === true) throw cancelled(signal.reason);
      began = performance.now();
    }
    const { entry } = item ?? {};
    if (!entry) continue;
    const { choice, by = '' } = judge(entry.name.replace(/\/$/, ''));
    if (entry.type === 'directory') continue;
    const bytes = entry.size ?? 0;
    if (choice === 'pack') {
      add(sent, bytes);
      for (const folder of foldersOf(entry.name)) add(amountOf(folders, folder), bytes);
      keepLargest(largest, { path: entry.name, bytes });
    } else {
      add(left, bytes);
      add(amountOf(patterns, by), bytes);
    }
  }
  return {
    ...sent,
    largest,
    largestFolders: bySize(folders, 'path').slice(0, MOST_LARGEST),
    ignoredFiles: left.files,
    ignoredBytes: left.bytes,
    ignoredBy: bySize(patterns, 'pattern'),
  };
}

function add(amount: { files: number; bytes: number }, bytes: number): void {
  amount.files++;
  amount.bytes += bytes;
}

function amountOf<K>(amounts: Map<K, { files: number; bytes: number }>, key: K) {
  const known = amounts.get(key) ?? { files: 0, bytes: 0 };
  amounts.set(key, known);
  return known;
}

/** `a/b/c` is in `a` and in `a/b`. */
function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.slice(0, DEEPEST).map((_, index) => names.slice(0, index + 1).join('/'));
}

function bySize<K extends string>(amounts: ReadonlyMap<string, Amount>, key: K) {
  return [...amounts]
    .sort(([a, one], [b, other]) => other.bytes - one.bytes || (a < b ? -1 : 1))
    .map(([name, amount]) => ({ [key]: name, ...amount }) as Record<K, string> & Amount);
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
