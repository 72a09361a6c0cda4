import { knownFailure } from '../answers';
import { EngineError, sentence, type EngineErrorKind, type Sentence } from '../errors';
import { instructionAt, opensHeredoc, type Instruction } from './dockerfile';
import type { BuildStep, LineRange } from './output';

/** A build that failed for what its Dockerfile says, or for what one of its steps did. */
export class BuildError extends EngineError {
  /** Path of the Dockerfile on this computer. */
  readonly dockerfile: string;
  /** The step that failed; `undefined` when none had begun. */
  readonly step: BuildStep | undefined;
  /** Where to look in the Dockerfile, from 1; `undefined` where that is not known. */
  readonly line: number | undefined;
  readonly endLine: number | undefined;
  /** The last lines that the step wrote. */
  readonly lastLines: readonly string[];

  constructor(
    kind: EngineErrorKind,
    what: Sentence,
    about: {
      readonly dockerfile: string;
      readonly step: BuildStep | undefined;
      readonly lines: LineRange | undefined;
      readonly lastLines: readonly string[];
      readonly cause: unknown;
    },
  ) {
    super(kind, what, { cause: about.cause });
    this.name = 'BuildError';
    this.dockerfile = about.dockerfile;
    this.step = about.step;
    this.line = about.lines?.line;
    this.endLine = about.lines?.endLine;
    this.lastLines = about.lastLines;
  }
}

/** What is known when a build fails. */
export interface FailedBuild {
  /** The builder's own words. */
  readonly said: string;
  readonly dockerfile: string;
  readonly instructions: readonly Instruction[];
  readonly step: BuildStep | undefined;
  /** Lines that the builder named; they count before the step's. */
  readonly lines?: LineRange | undefined;
  readonly lastLines: readonly string[];
  readonly cause: unknown;
}

/** Texts of both builders that mean more in a build than elsewhere. First match wins; `{0}`… are the pattern's groups. */
const KNOWN: readonly { readonly pattern: RegExp; readonly kind: EngineErrorKind; readonly text: string }[] =
  [
    {
      pattern: /Dockerfile \([^)]*\) cannot be empty|file with no instructions/i,
      kind: 'invalid',
      text: 'The Dockerfile has no instructions. Begin it with FROM and the name of an image.',
    },
    {
      pattern: /no build stage in current context/i,
      kind: 'invalid',
      text: 'An instruction stands before the first FROM. Begin the Dockerfile with FROM and the name of an image.',
    },
    {
      pattern: /failed to reach build target (.+?) in Dockerfile|target stage "?(.+?)"? could not be found/i,
      kind: 'notFound',
      text: 'The Dockerfile has no stage named "{0}". Check the target.',
    },
    {
      pattern: /(?:the )?(\S+) option requires BuildKit|(\S+)[^.]* requires BuildKit/i,
      kind: 'invalid',
      text: '{0} needs BuildKit, and the docker command with its buildx plugin was not found. Install them, then build again.',
    },
    {
      pattern: /exec: "([^"]+)".*(?:executable file not found|no such file or directory)/i,
      kind: 'notFound',
      text: 'The image has no command "{0}". Check its name, or install it in a step before.',
    },
    {
      pattern: /(\S+): pull access denied/i,
      kind: 'notFound',
      text: 'The image "{0}" was not found, or it is private. Check the name; if it is private, log in to its registry.',
    },
    {
      pattern: /failed to resolve source metadata for (\S+): .*not found/i,
      kind: 'notFound',
      text: 'The registry has no image "{0}". Check the name and the tag.',
    },
    {
      pattern: /no match for platform|does not match the specified platform|exec format error/i,
      kind: 'invalid',
      text: 'An image of this build is not for the platform it is built for. Choose another platform or base image.',
    },
    {
      pattern: /(?:forbidden path outside the build context|path outside of? the build context): (\S+)/i,
      kind: 'invalid',
      text: '"{0}" lies outside of the build context. Copy only what is below that folder, or choose a folder above.',
    },
    {
      pattern:
        /(?:file not found in build context or excluded by \.dockerignore: stat |failed to (?:calculate checksum|compute cache key).*?: ")([^":]+)"?:? (?:file does not exist|no such file or directory|not found)/i,
      kind: 'notFound',
      text: '"{0}" is not in the build context, or an ignore file leaves it out. Check the path, which counts from the context.',
    },
  ];

const EXIT_CODE = /(?:returned a non-zero code|exit code): (\d+)/;
const PARSE_ERROR = /dockerfile parse error (?:on )?line (\d+): (.+)/i;

/** Longest piece of an instruction or of the builder's words in a sentence. */
const LONGEST = 120;

/** The error for a failed build: one sentence, with the step and the lines of the Dockerfile it is about. */
export function buildFailure(failed: FailedBuild): BuildError {
  const { said, instructions, step, dockerfile, lastLines, cause } = failed;
  const parsed = PARSE_ERROR.exec(said);
  const at = parsed ? instructionAt(instructions, Number(parsed[1])) : undefined;
  const lines = failed.lines ?? at ?? (parsed ? oneLine(Number(parsed[1])) : step?.lines);
  const about = {
    dockerfile,
    step,
    lines: lines && { line: lines.line, endLine: lines.endLine },
    lastLines,
    cause,
  };
  const [kind, what] = parsed
    ? parseFailure(Number(parsed[1]), parsed[2] ?? '', instructions)
    : step === undefined
      ? (knownText(said) ?? [
          // Only a 400 is about the Dockerfile: the engine's own trouble stays what it is.
          cause instanceof EngineError && (cause.status ?? 400) !== 400 ? cause.kind : 'invalid',
          sentence(
            'The build could not begin: {0}. Correct the Dockerfile, or what it is built with.',
            shorten(said),
          ),
        ])
      : stepFailure(said, step);
  return new BuildError(kind, what, about);
}

type Said = readonly [EngineErrorKind, Sentence];

function parseFailure(line: number, why: string, instructions: readonly Instruction[]): Said {
  const heredoc = instructions.find((instruction) => instruction.line < line && opensHeredoc(instruction));
  if (heredoc)
    return [
      'invalid',
      sentence(
        'Line {0} begins a heredoc, which needs BuildKit, and the docker command with its buildx plugin was not found. Install them, then build again.',
        heredoc.line,
      ),
    ];
  const unknown = /unknown instruction: (\S+)/i.exec(why)?.[1];
  return unknown === undefined
    ? ['invalid', sentence('Line {0} of the Dockerfile is not right: {1}. Correct it.', line, shorten(why))]
    : [
        'invalid',
        sentence(
          'Line {0} of the Dockerfile begins with "{1}", which is no instruction. Check its spelling.',
          line,
          unknown,
        ),
      ];
}

function stepFailure(said: string, { number, total, text }: BuildStep): Said {
  const place = number === undefined || total === undefined ? '' : `${String(number)}/${String(total)} `;
  const step = `${place}"${shorten(text)}"`;
  const exit = EXIT_CODE.exec(said)?.[1];
  switch (exit) {
    case undefined: {
      return knownText(said) ?? ['unknown', sentence('Step {0} failed: {1}', step, shorten(said))];
    }
    case '127':
      return [
        'notFound',
        sentence(
          'Step {0} failed: the image has no such command (exit code {1}). Check its name, or install it in a step before.',
          step,
          exit,
        ),
      ];
    case '137':
      return [
        'invalid',
        sentence(
          'Step {0} failed: its command was killed, or ran out of memory (exit code {1}). Give the engine more memory, or let the step use less.',
          step,
          exit,
        ),
      ];
    default:
      return [
        'invalid',
        sentence(
          'Step {0} failed: its command ended with exit code {1}. The end of its output says why.',
          step,
          exit,
        ),
      ];
  }
}

function knownText(said: string): Said | undefined {
  for (const { pattern, kind, text } of KNOWN) {
    const match = pattern.exec(said);
    if (!match) continue;
    const groups: readonly (string | undefined)[] = match.slice(1);
    const values = groups.filter((group) => group !== undefined);
    return [kind, sentence(text, ...values)];
  }
  const known = knownFailure(said);
  return known && [known.kind, known.sentence];
}

function oneLine(line: number): LineRange {
  return { line, endLine: line };
}

function shorten(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
