import { list, number, record, text, type Json } from '../wire/read';
import type { Instruction } from './dockerfile';
import type { BuildStep, LineRange, StepState } from './output';
import type { Steps } from './steps';
import { parseVertexName, vertexLines } from './vertexLines';

/** Lines of plain text that are kept; the last of them say what went wrong. */
const LAST_WORDS = 200;
/** Characters of one of them. */
const LONGEST_TEXT = 4_000;

const ERROR = /^ERROR: (?:failed to build: )?(?:failed to solve: )?/;
/** `Dockerfile:12`, over an excerpt between two rulers, in which the lines that are meant have a `>>>`. */
const HEADING = /^(?!\s*\d+ \|).+:(\d+)$/;
const RULER = /^-{20}$/;
const MARKED = /^\s*(\d+) \| >>>/;

/**
 * Reads what `docker buildx build --progress=rawjson` says on its stderr: a `SolveStatus` of BuildKit (`client/graph.go`)
 * on each line, and plain text around them.
 */
export class BuildxOutput {
  readonly #steps: Steps;
  readonly #instructions: readonly Instruction[];
  readonly #words: string[] = [];
  /** What a step that failed said of it. */
  #failed: { readonly id: string; readonly said: string } | undefined;

  constructor(steps: Steps, instructions: readonly Instruction[]) {
    this.#steps = steps;
    this.#instructions = instructions;
  }

  /** The step that failed, if any did. */
  get failed(): BuildStep | undefined {
    return this.#steps.get(this.#failed?.id);
  }

  /** Why the build failed, in BuildKit's words. */
  get said(): string {
    const error = this.#words.findLast((line) => ERROR.test(line))?.replace(ERROR, '');
    return this.#failed?.said ?? error ?? this.#words.join('\n').trim();
  }

  /** The lines of the Dockerfile that BuildKit points at. */
  get lines(): LineRange | undefined {
    const heading = this.#words.findLastIndex(
      (line, index) => HEADING.test(line) && RULER.test(this.#words[index + 1] ?? ''),
    );
    if (heading < 0) return undefined;
    const excerpt = this.#words.slice(heading + 2);
    const end = excerpt.findIndex((line) => RULER.test(line));
    const marked = excerpt
      .slice(0, end < 0 ? undefined : end)
      .flatMap((line) => MARKED.exec(line)?.[1] ?? [])
      .map(Number);
    const line = Number(HEADING.exec(this.#words[heading] ?? '')?.[1]);
    return { line: marked[0] ?? line, endLine: marked.at(-1) ?? line };
  }

  /** Take in one line. */
  addLine(line: string): void {
    const status = parse(line);
    if (!status) {
      this.#addText(line.slice(0, LONGEST_TEXT));
      return;
    }
    for (const vertex of list(status['vertexes'])) this.#addVertex(record(vertex));
    for (const log of list(status['logs'])) this.#addLog(record(log));
    for (const one of list(status['statuses'])) this.#addStatus(record(one));
    for (const warning of list(status['warnings'])) this.#addWarning(record(warning));
  }

  /** Waits until whoever is told can take more. */
  taken(): Promise<void> {
    return this.#steps.taken();
  }

  #addText(line: string): void {
    const words = line.trimEnd();
    this.#words.push(words);
    if (this.#words.length > LAST_WORDS) this.#words.shift();
    this.#steps.write(undefined, 'stderr', `${words}\n`);
  }

  #addVertex(vertex: Json): void {
    const id = text(vertex['digest']);
    const started = text(vertex['started']);
    const completed = text(vertex['completed']);
    const error = text(vertex['error']);
    const cached = vertex['cached'] === true;
    // Announced, but it may never run.
    if (id === '' || (started === '' && completed === '' && error === '' && !cached)) return;
    const state = stateOf(completed, error, cached);
    if (state === 'failed') this.#failed ??= { id, said: error };
    const known = this.#steps.get(id);
    // The same is told again and again while others change.
    if (known?.state === state && state !== 'running') return;
    const name = parseVertexName(text(vertex['name']));
    const lines = name && vertexLines(name, this.#instructions);
    this.#steps.set({
      id,
      text: name?.text ?? text(vertex['name']),
      state,
      ...(name && { number: name.number, total: name.total }),
      ...(name?.stage !== undefined && { stage: name.stage }),
      ...(lines && { lines }),
      ...(state !== 'running' && { duration: between(started, completed) }),
    });
  }

  #addLog(log: Json): void {
    const stream = number(log['stream']) === 2 ? 'stderr' : 'stdout';
    this.#steps.write(text(log['vertex']) || undefined, stream, Buffer.from(text(log['data']), 'base64'));
  }

  #addStatus(status: Json): void {
    const total = number(status['total']);
    const done = text(status['completed']) !== '';
    const fraction = total > 0 ? Math.min(1, number(status['current']) / total) : done ? 1 : undefined;
    this.#steps.progress(text(status['vertex']), text(status['name']) || text(status['id']), fraction);
  }

  #addWarning(warning: Json): void {
    const ranges = list(warning['range']).map(record);
    const line = number(record(ranges[0]?.['start'])['line']);
    const endLine = number(record(ranges.at(-1)?.['end'])['line']);
    const url = text(warning['url']);
    this.#steps.warn({
      text: decoded(warning['short']).trim(),
      ...(line > 0 && { lines: { line, endLine: Math.max(line, endLine) } }),
      ...(url !== '' && { url }),
    });
  }
}

/** The status on a line; `undefined` for plain text. */
function parse(line: string): Json | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return record(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function stateOf(completed: string, error: string, cached: boolean): StepState {
  // One step that fails ends those beside it.
  if (error !== '') return /context canceled/i.test(error) ? 'cancelled' : 'failed';
  if (cached) return 'cached';
  return completed === '' ? 'running' : 'done';
}

function between(started: string, completed: string): number {
  return Math.max(0, (Date.parse(completed) || 0) - (Date.parse(started) || 0));
}

function decoded(value: unknown): string {
  return Buffer.from(text(value), 'base64').toString('utf8');
}
