import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import type { Span } from '../model/text';

export interface Edit extends Span {
  readonly text: string;
}

/** One way to put right what was found. */
export interface Fix {
  /** A template: `{0}` stands for the first of `args`. */
  readonly title: string;
  readonly args?: readonly string[];
  readonly edits: readonly Edit[];
  /** The build does the same afterwards, so it can be done on save without a look. */
  readonly safe: boolean;
}

/** What a rule found, where. */
export interface Finding extends Span {
  readonly rule: string;
  /** A template, as a fix's title. */
  readonly message: string;
  readonly args: readonly string[];
  /** The line that BuildKit names, from 0; the place itself may be on one of the instruction's other lines. */
  readonly line: number;
  readonly fixes: readonly Fix[];
}

/** What an image's config says, as far as rules ask. */
export interface BaseConfig {
  readonly env: Readonly<Record<string, string>>;
  readonly shell: readonly string[] | undefined;
  readonly user: string;
  readonly platform: string;
  /** `name@sha256:...`, where the registry gave one. */
  readonly digest: string | undefined;
}

/** What stands outside of the file; all of it may be unknown. */
export interface LintContext {
  /** The config of a stage's image, when it is on the engine. */
  readonly base?: (stage: Stage) => BaseConfig | undefined;
  /** The platform that a build without `--platform` makes, such as `linux/amd64`. */
  readonly target?: string;
  /** The text of the ignore file that counts here. */
  readonly ignore?: string;
  /** Whether something in the context matches; undefined when it cannot be told. */
  readonly exists?: (pattern: string) => boolean | undefined;
  /** Overrides the `check` directive, as the build argument BUILDKIT_DOCKERFILE_CHECK does. */
  readonly check?: string;
  readonly hadolint?: HadolintConfig;
}

/** What a `.hadolint.yaml` says. */
export interface HadolintConfig {
  readonly ignored: readonly string[];
  readonly severities: ReadonlyMap<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>;
  readonly trustedRegistries: readonly string[];
}

/** What a rule is given, and where it leaves what it finds. */
export class Report {
  readonly findings: Finding[] = [];
  readonly model: Model;
  readonly context: LintContext;

  constructor(model: Model, context: LintContext) {
    this.model = model;
    this.context = context;
  }

  /** A finding at a place of an instruction; BuildKit names the instruction's first line. */
  add(
    rule: string,
    instruction: Instruction,
    place: Span,
    message: string,
    args: readonly string[] = [],
    fixes: readonly Fix[] = [],
  ): void {
    const { start, end } = place;
    this.findings.push({ rule, message, args, start, end, line: instruction.line, fixes });
  }

  /** A finding outside of instructions. */
  at(rule: string, line: number, { start, end }: Span, message: string, args: readonly string[] = []): void {
    this.findings.push({ rule, message, args, start, end, line, fixes: [] });
  }
}

/** Replaces a place. */
export const replace = ({ start, end }: Span, text: string): Edit => ({ start, end, text });
