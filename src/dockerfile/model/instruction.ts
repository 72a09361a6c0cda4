import { flagOptions, readFlags, type Flag, type FlagOption } from './flags';
import type { Heredoc } from './heredocs';
import { parseJson, type JsonForm } from './json';
import type { Logical, Word } from './logical';
import { readProperties, type Property } from './properties';
import type { Stage } from './stages';
import type { Span } from './text';
import { variablesIn, type Variable } from './variables';
import { plainWords, quotedWords, skipBlanks } from './words';

export interface InstructionFacts {
  /** The whole document. */
  readonly text: string;
  readonly logical: Logical;
  readonly escape: string;
  readonly heredocs: readonly Heredoc[];
  /** The first and last line, heredocs included. */
  readonly line: number;
  readonly endLine: number;
  readonly end: number;
  readonly emptyLines: readonly number[];
  readonly commentLines: readonly number[];
}

/** An instruction and what it is made of; each part is read when it is first asked for. */
export class Instruction implements Span {
  /** In upper case. */
  readonly keyword: string;
  readonly keywordWord: Word;
  readonly start: number;
  /** What ONBUILD stands before. */
  readonly trigger: Instruction | undefined;
  /** Where it belongs; undefined before the first FROM. */
  stage: Stage | undefined;
  readonly facts: InstructionFacts;
  private readonly bodyAt: number;
  private readFlags: { flags: Flag[]; next: number } | undefined;
  private tail: Word | undefined;
  private words: Word[] | undefined;
  private readonly read = new Map<Flag, FlagOption[]>();
  private pairs: Property[] | undefined;
  private found: Variable[] | undefined;
  private form: JsonForm | null | undefined;

  constructor(facts: InstructionFacts, from = 0) {
    const { logical } = facts;
    const { text } = logical;
    const at = skipBlanks(text, from);
    let end = at;
    while (end < text.length && !/\s/.test(text.charAt(end))) end += 1;
    this.facts = facts;
    this.keywordWord = logical.word(at, end);
    this.keyword = this.keywordWord.text.toUpperCase();
    this.start = this.keywordWord.start;
    this.bodyAt = skipBlanks(text, end);
    const nested = this.keyword === 'ONBUILD' && from === 0 && this.bodyAt < text.length;
    this.trigger = nested ? new Instruction(facts, this.bodyAt) : undefined;
  }

  get end(): number {
    return this.facts.end;
  }

  get line(): number {
    return this.facts.line;
  }

  get endLine(): number {
    return this.facts.endLine;
  }

  get logical(): Logical {
    return this.facts.logical;
  }

  get heredocs(): readonly Heredoc[] {
    return this.facts.heredocs;
  }

  /** Where its text ends, heredocs left aside. */
  get headEnd(): number {
    return this.logical.spanOf(0, this.logical.text.length).end;
  }

  get flags(): readonly Flag[] {
    return this.body.flags;
  }

  flag(name: string): Flag | undefined {
    return this.body.flags.find((flag) => flag.name === name);
  }

  options(flag: Flag): readonly FlagOption[] {
    const known = this.read.get(flag);
    if (known) return known;
    const options = flagOptions(this.logical, flag);
    this.read.set(flag, options);
    return options;
  }

  /** All after the flags, with trailing blanks cut. */
  get rest(): Word {
    if (this.tail) return this.tail;
    const { text } = this.logical;
    const { next } = this.body;
    let end = text.length;
    while (end > next && /\s/.test(text.charAt(end - 1))) end -= 1;
    this.tail = this.logical.word(next, end);
    return this.tail;
  }

  /** The words after the flags; quotes matter where they do for BuildKit (ARG, ENV, LABEL). */
  get args(): readonly Word[] {
    this.words ??= isProperties(this.keyword)
      ? quotedWords(this.logical, this.body.next, this.facts.escape)
      : plainWords(this.logical, this.body.next);
    return this.words;
  }

  /** Of ARG, ENV and LABEL. */
  get properties(): readonly Property[] {
    if (!isProperties(this.keyword)) return [];
    this.pairs ??= readProperties(this.logical, this.body.next, this.keyword, this.facts.escape);
    return this.pairs;
  }

  /** The JSON form, where the arguments have it. */
  get json(): JsonForm | undefined {
    if (this.form === undefined) {
      const { text } = this.logical;
      const at = text.charAt(this.body.next) === '[' ? this.body.next : -1;
      this.form = at < 0 ? null : (parseJson(this.logical, at) ?? null);
    }
    return this.form ?? undefined;
  }

  /** Every variable of its lines, flags included, bodies of heredocs not. */
  get variables(): readonly Variable[] {
    this.found ??= this.logical.text.includes('$')
      ? variablesIn(this.logical, this.bodyAt, this.logical.text.length, this.facts.escape)
      : [];
    return this.found;
  }

  private get body(): { flags: Flag[]; next: number } {
    this.readFlags ??= readFlags(this.logical, this.bodyAt, this.facts.escape);
    return this.readFlags;
  }
}

const isProperties = (keyword: string): boolean =>
  keyword === 'ARG' || keyword === 'ENV' || keyword === 'LABEL';
