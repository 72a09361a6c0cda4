import { posix } from 'node:path';
import { EngineError, sentence } from '../errors';
import { trimSpace } from '../spaces';
import { compileGlob, type Matcher } from './glob';

interface Rule {
  readonly pattern: string;
  /** It began with `!`: what matches is sent after all. */
  readonly exception: boolean;
  readonly matches: Matcher;
}

/** Which of the rules matched a folder; its files are judged with it. */
export type FolderMatch = readonly boolean[];

/**
 * A `.dockerignore`, with the semantics of moby's `patternmatcher` and of the docker CLI's walk over the context:
 * the last rule that matches a path or one of its folders decides.
 */
export class IgnoreRules {
  readonly #rules: readonly Rule[];

  private constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Parse the file's text. `invalid`, naming the line, for a pattern that is none. */
  static parse(text: string): IgnoreRules {
    const rules: Rule[] = [];
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .forEach((line, index) => {
        const rule = parseLine(line, index + 1);
        if (rule) rules.push(rule);
      });
    return new IgnoreRules(rules);
  }

  /** The same rules with exceptions for files that must be sent whatever the rules say: the Dockerfile and this file. */
  keeping(paths: readonly string[]): IgnoreRules {
    const kept = paths.filter((path) => this.ignores(path).ignored);
    const exceptions = kept.map((path) => ({
      pattern: path,
      exception: true,
      matches: (other: string) => other === path,
    }));
    return new IgnoreRules([...this.#rules, ...exceptions]);
  }

  /**
   * Whether `path` (relative, with slashes) is left out. `parent` is the match of its folder; without it the folders
   * above are judged first. Pass `match` on for what is below. `by`: the pattern that decided.
   */
  ignores(
    path: string,
    parent?: FolderMatch,
  ): { ignored: boolean; match: FolderMatch; by: string | undefined } {
    const above = parent ?? this.#foldersOf(path);
    // A pattern that would change nothing is not asked, and so says nothing of what is below
    // (`MatchesUsingParentResults` of moby).
    let ignored = false;
    const match = this.#rules.map((rule, index) => {
      const matches = above[index] === true || (rule.exception === ignored && rule.matches(path));
      if (matches) ignored = !rule.exception;
      return matches;
    });
    const rule = this.#rules[match.lastIndexOf(true)];
    return { ignored, match, by: rule?.pattern };
  }

  /** Whether an ignored folder must be entered all the same, because an exception names something below it. */
  mayHoldExceptions(folder: string): boolean {
    return this.#rules.some(({ exception, pattern }) => exception && `${pattern}/`.startsWith(`${folder}/`));
  }

  #foldersOf(path: string): FolderMatch {
    let match: FolderMatch = [];
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      match = this.ignores(path.slice(0, slash), match).match;
    }
    return match;
  }
}

/**
 * A line is read twice, as there: by what reads the file (moby `ignorefile`) and by the matcher, which trims and cleans once
 * more what the first one left behind a slash, and takes a `!` there for the mark.
 */
function parseLine(line: string, number: number): Rule | undefined {
  if (line.startsWith('#')) return undefined;
  const said = trimSpace(line);
  if (said === '') return undefined;
  const marked = said.startsWith('!');
  const path = clean(trimSpace(marked ? said.slice(1) : said)).replace(/^\/(?=.)/, '');
  const read = clean(trimSpace(marked ? `!${path}` : path));
  const exception = read.startsWith('!');
  const pattern = exception ? read.slice(1) : read;
  const matches = pattern === '' ? undefined : compileGlob(pattern);
  if (matches) return { pattern, exception, matches };
  throw new EngineError(
    'invalid',
    sentence(
      'Line {0} of the ignore file is not a pattern: "{1}". Correct it, or put a # in front of it.',
      number,
      said,
    ),
  );
}

/** Go's `filepath.Clean`, which keeps no slash at the end; of nothing it makes nothing here. */
function clean(path: string): string {
  return path === '' ? '' : posix.normalize(path).replace(/(.)\/$/, '$1');
}
