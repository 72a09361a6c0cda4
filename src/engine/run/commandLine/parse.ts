import { EngineError, sentence } from '../../errors';
import type { Flag } from '../flag';
import { flagLettered, flagLike, flagNamed } from '../flags';
import { FieldError, LineError, type Span } from '../invalid';
import { cut } from '../pairs';
import { parseImage } from '../reference';
import type { RunSpec } from '../spec';
import { checkConflicts } from '../validate';
import { checkWord, Draft } from './draft';
import { detectShell, promptLength, tokenise } from './tokenise';
import type { Expansion, Shell, Word } from './words';

/** A command line as data. */
export interface ParsedLine {
  readonly spec: RunSpec;
  /** What a shell would have replaced; in `spec` it stands as it was written, and was not checked. */
  readonly expansions: readonly Expansion[];
  /** Where each field was given last. */
  readonly spans: ReadonlyMap<keyof RunSpec, Span>;
}

/** The words of a line before and after its options, and the options as fields. */
export interface ParsedOptions {
  readonly fields: Partial<RunSpec>;
  readonly rest: readonly Word[];
  readonly spans: Map<keyof RunSpec, Span>;
}

const ENGINES = /^(?:docker|podman|nerdctl)(?:\.exe)?$/i;

/**
 * Parse a whole `docker run …` (or `docker container run`, `podman run`) as it is pasted: with a prompt or `sudo` in front, over
 * several lines, in any shell's quoting (`shell`; found out when missing). Flags are those of the docker CLI and parsed as it
 * does (`spf13/pflag`). Throws a `LineError`: an `EngineError` of kind `invalid` with the characters to underline.
 */
export function parseRunLine(line: string, shell: Shell = detectShell(line)): ParsedLine {
  const words = tokenise(line, shell, promptLength(line));
  const options = parseOptionWords(words.slice(commandLength(words, line)), line);
  const [image, ...command] = options.rest;
  if (!image) {
    const end = { start: line.trimEnd().length, end: line.length };
    throw new LineError(
      end,
      sentence('The image is missing. Add its name after the options, such as nginx.'),
    );
  }
  const spec: RunSpec = {
    ...options.fields,
    image: checkWord(image, image, image.text, parseImage),
    ...(command.length > 0 && { command: command.map(({ text }) => text) }),
  };
  options.spans.set('image', image);
  refuseConflicts(spec, options.spans, words, line);
  return { spec, expansions: words.flatMap(({ expansions }) => expansions), spans: options.spans };
}

/** Parse options up to the first word that is none, or to `--`. Throws a `LineError`. */
export function parseOptionWords(words: readonly Word[], line: string): ParsedOptions {
  const draft = new Draft();
  let at = 0;
  for (let word = words[at]; word?.text.startsWith('-') && word.text !== '-'; word = words[at]) {
    at++;
    if (word.text === '--') break;
    if (takeOption(draft, word, words[at], line)) at++;
  }
  return { fields: draft.fields(), rest: words.slice(at), spans: draft.spans };
}

/** Say of a spec that was parsed from a line which part of the line is at odds with another. Throws a `LineError`. */
export function refuseConflicts(
  spec: Partial<RunSpec>,
  spans: ReadonlyMap<keyof RunSpec, Span>,
  words: readonly Word[],
  line: string,
): void {
  try {
    checkConflicts(spec);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const span = error instanceof FieldError ? spans.get(error.field) : undefined;
    // A value that a shell has yet to fill in may be of no use so far.
    if (span === undefined && words.some(({ expansions }) => expansions.length > 0)) return;
    throw new LineError(span ?? { start: 0, end: line.length }, error.sentence, error);
  }
}

/** How many words name the command. */
function commandLength(words: readonly Word[], line: string): number {
  let at = 0;
  if (words[at]?.text === 'sudo') {
    at++;
    while (words[at]?.text.startsWith('-')) at++;
  }
  const engine = words[at++];
  if (!engine || !ENGINES.test(engine.text.replace(/^.*[/\\]/s, ''))) {
    throw new LineError(
      engine ?? { start: 0, end: line.length },
      sentence('Begin the line with docker run.'),
    );
  }
  if (words[at]?.text === 'container') at++;
  const verb = words[at++];
  if (verb?.text !== 'run') {
    const span = verb ?? { start: engine.end, end: line.length };
    throw new LineError(
      span,
      sentence('Only docker run can be read here. Write "run" after {0}.', engine.text),
    );
  }
  return at;
}

/** Take one word of options; true when the next word was its value. */
function takeOption(draft: Draft, word: Word, next: Word | undefined, line: string): boolean {
  if (word.text.startsWith('--')) return takeLong(draft, word, next, line);
  const letters = word.text.slice(1);
  for (let index = 0; index < letters.length; index++) {
    const letter = letters.charAt(index);
    const flag = flagLettered(letter);
    const rest = letters.slice(index + 1);
    if (!flag) throw unknownFlag(`-${letter}`, letters, part(word, index + 1, index + 2));
    if (rest.length > 1 && rest.startsWith('=')) {
      draft.set(flag, rest.slice(1), word, part(word, index + 3));
      return false;
    }
    if (flag.kind === 'boolean') draft.set(flag, 'true', word, word);
    else if (rest !== '') {
      draft.set(flag, rest, word, part(word, index + 2));
      return false;
    } else {
      draft.set(flag, needed(flag, `-${letter}`, word, next, line), next ?? word, next ?? word);
      return true;
    }
  }
  return false;
}

function takeLong(draft: Draft, word: Word, next: Word | undefined, line: string): boolean {
  const [name, value] = cut(word.text.slice(2));
  const end = 2 + name.length;
  const flag = flagNamed(name);
  if (name === 'help') throw new LineError(word, sentence('--help runs nothing. Leave it out.'));
  if (!flag) throw unknownFlag(`--${name}`, name, part(word, 0, end));
  if (value !== undefined) draft.set(flag, value, word, part(word, end + 1));
  else if (flag.kind === 'boolean') draft.set(flag, 'true', word, word);
  else {
    draft.set(flag, needed(flag, `--${name}`, word, next, line), next ?? word, next ?? word);
    return true;
  }
  return false;
}

function needed(flag: Flag, name: string, word: Word, next: Word | undefined, line: string): string {
  if (next) return next.text;
  const text =
    flag.example === undefined
      ? '{0} needs a value after it.'
      : '{0} needs a value after it, such as {0} {1}.';
  throw new LineError({ start: word.start, end: line.length }, sentence(text, name, flag.example ?? ''));
}

function unknownFlag(name: string, typed: string, span: Span): LineError {
  const near = flagLike(typed);
  return near
    ? new LineError(span, sentence('docker run has no flag {0}. Did you mean --{1}?', name, near.name))
    : new LineError(span, sentence('docker run has no flag {0}. Correct it or leave it out.', name));
}

/** Some characters of a word, where quotes do not stand between the word and its text; else the whole word. */
function part(word: Word, from: number, to = word.text.length): Span {
  const isPlain = word.end - word.start === word.text.length;
  return isPlain ? { start: word.start + from, end: word.start + to } : word;
}
