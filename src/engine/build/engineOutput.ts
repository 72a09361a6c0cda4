import { TransferProgress } from '../streams/progress';
import { record, text, type Json } from '../wire/read';
import type { Instruction } from './dockerfile';
import type { LineRange } from './output';
import type { Steps } from './steps';

/** How the builder colours what was written to stderr. */
const RED = '\x1b[91m';
const PLAIN = '\x1b[0m';
/** The second is Podman's. */
const STEP = /^step (\d+)\/(\d+) ?: ([\s\S]*?)\n?$/i;
const REMOVED = /^(?: ---> )?Remov(?:ing|ed) intermediate container ([0-9a-f]+)\n$/;
const RUNNING = /^ ---> Running in ([0-9a-f]+)\n$/;
const CACHED = ' ---> Using cache\n';
const IMAGE = /^ ---> ([0-9a-f]{12,64})\n$/;
const BUILT = /^Successfully built ([0-9a-f]{12,64})\n$/;
const TAGGED = /^Successfully tagged \S+\n$/;
const UNUSED_ARGUMENTS = /^\[Warning\] (.*)\n$/;
const EMPTY_LINE = /^\[WARNING\]: (Empty continuation line) found in:\n([\s\S]*?)\n\[WARNING\]/;

/**
 * Reads what the engine's own builder says (`builder/dockerfile` of moby): text for people, one message for every write.
 * While a container runs, everything but the word of its removal is its output, whatever it looks like.
 */
export class EngineOutput {
  readonly #steps: Steps;
  readonly #instructions: readonly Instruction[];
  /** Steps that the builder adds for `labels`, behind those of the Dockerfile. */
  readonly #added: number;
  readonly #now: () => number;
  #pull = new TransferProgress('pull');
  #current: string | undefined;
  #began = 0;
  #number = 0;
  #named = false;
  #container: string | undefined;
  #id: string | undefined;

  constructor(
    steps: Steps,
    instructions: readonly Instruction[],
    {
      added = 0,
      now = () => performance.now(),
    }: { readonly added?: number; readonly now?: () => number } = {},
  ) {
    this.#steps = steps;
    this.#instructions = instructions;
    this.#added = added;
    this.#now = now;
  }

  /** The image, once it is told: its full id, or the beginning of it. */
  get id(): string | undefined {
    return this.#id;
  }

  /** The id of the step at work. */
  get current(): string | undefined {
    return this.#current;
  }

  /** Take in one message of `messages`. */
  add(message: Json): void {
    const id = text(record(message['aux'])['ID']);
    if (id !== '') this.#id = id;
    const said = text(message['stream']);
    if (said !== '') this.#addText(said);
    else if (text(message['status']) !== '') this.#addTransfer(message);
  }

  /** The step at work has ended like this. */
  end(state: 'done' | 'failed' | 'cancelled'): void {
    const step = this.#steps.get(this.#current);
    if (step?.state !== 'running') return;
    this.#steps.set({ ...step, state, duration: this.#now() - this.#began });
  }

  #addText(said: string): void {
    const coloured = said.startsWith(RED) && said.endsWith(PLAIN);
    const words = coloured ? said.slice(RED.length, -PLAIN.length) : said;
    const stream = coloured ? 'stderr' : 'stdout';
    if (this.#container !== undefined) {
      if (REMOVED.exec(said)?.[1] !== this.#container) this.#steps.write(this.#current, stream, words);
      else {
        this.#container = undefined;
        this.#steps.flush(this.#current);
      }
      return;
    }
    // The end of the line that names a step is a message of its own.
    const afterName = this.#named;
    this.#named = false;
    if (afterName && said === '\n') return;
    const [, number = '', total = '', instruction = ''] = STEP.exec(said) ?? [];
    if (Number(number) === this.#number + 1) this.#begin(Number(number), Number(total), instruction);
    else if (!this.#addFact(said, words)) this.#steps.write(this.#current, stream, words);
  }

  #begin(number: number, total: number, instruction: string): void {
    this.end('done');
    this.#number = number;
    this.#named = true;
    this.#began = this.#now();
    this.#current = String(number);
    this.#pull = new TransferProgress('pull');
    const lines = number <= total - this.#added ? rangeOf(this.#instructions[number - 1]) : undefined;
    this.#steps.set({
      id: this.#current,
      number,
      total,
      text: instruction,
      state: 'running',
      ...(lines && { lines }),
    });
  }

  /** What the builder says of itself; `false` for what is none of that. */
  #addFact(said: string, words: string): boolean {
    const step = this.#steps.get(this.#current);
    this.#container = RUNNING.exec(said)?.[1];
    if (this.#container !== undefined) return true;
    const image = IMAGE.exec(said)?.[1];
    if (step && image !== undefined) {
      this.#steps.set({ ...step, image });
      return true;
    }
    // An ONBUILD trigger of the base image may come from the cache as well; FROM itself does not.
    if (step && said === CACHED) {
      if (!/^FROM\b/i.test(step.text))
        this.#steps.set({ ...step, state: 'cached', duration: this.#now() - this.#began });
      return true;
    }
    const built = BUILT.exec(said)?.[1];
    if (built !== undefined) this.#id ??= built;
    return built !== undefined || TAGGED.test(said) || this.#addWarning(words);
  }

  #addWarning(words: string): boolean {
    const unused = UNUSED_ARGUMENTS.exec(words)?.[1];
    if (unused !== undefined) this.#steps.warn({ text: unused });
    const [, what, instruction = ''] = EMPTY_LINE.exec(words) ?? [];
    if (what !== undefined) {
      const lines = rangeOf(this.#instructions.find(({ text }) => sameWords(text, instruction)));
      this.#steps.warn({ text: what, ...(lines && { lines }) });
    }
    return unused !== undefined || what !== undefined;
  }

  #addTransfer(message: Json): void {
    this.#pull.add(message);
    const { fraction, text: said } = this.#pull.progress(this.#now());
    this.#steps.progress(this.#current, said, fraction);
    // A layer says hundreds of things; the transfer as a whole a few.
    if (text(message['id']) === '') this.#steps.write(this.#current, 'stdout', `${said}\n`);
  }
}

function rangeOf(instruction: Instruction | undefined): LineRange | undefined {
  return instruction && { line: instruction.line, endLine: instruction.endLine };
}

function sameWords(one: string, other: string): boolean {
  return one.replace(/\s+/g, ' ').trim() === other.replace(/\s+/g, ' ').trim();
}
