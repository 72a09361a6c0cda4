import { EngineError, sentence } from '../../engine/errors';
import { parseOptions } from '../../engine/run/options';
import type { Expansion, Shell } from '../../engine/run/commandLine/words';
import type { RunSpec } from '../../engine/run/spec';

/** What stands in for the shell that a line of options was not typed into. */
export interface Place {
  readonly shell: Shell;
  /** The folder of `$PWD` and `${workspaceFolder}`. */
  readonly folder: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * A line of options as data, with its variables replaced as the shell would: `$PWD`, `$(pwd)`, `~`, `$NAME`, and VS Code's
 * own `${workspaceFolder}`. Throws kind `invalid` for what is wrong with the line, and for what only a shell could run.
 */
export function readOptions(line: string, image: string | undefined, place: Place): Partial<RunSpec> {
  const options = { shell: place.shell, ...(image === undefined ? {} : { image }) };
  const parsed = parseOptions(line, options);
  if ('error' in parsed) throw parsed.error;
  if (parsed.expansions.length === 0) return parsed.spec;
  const whole = parseOptions(expand(line, parsed.expansions, place), options);
  if ('error' in whole) throw whole.error;
  return whole.spec;
}

function expand(line: string, expansions: readonly Expansion[], place: Place): string {
  let result = '';
  let at = 0;
  for (const expansion of expansions) {
    const quoted = isQuoted(line, expansion.start, place.shell);
    result += line.slice(at, expansion.start) + written(valueOf(expansion, place), quoted, place.shell);
    at = expansion.end;
  }
  return result + line.slice(at);
}

function valueOf({ kind, text }: Expansion, { folder, home, env }: Place): string {
  if (kind === 'home' && text === '~') return home;
  if (/^\$\(pwd\)$/i.test(text)) return folder;
  const name = /^(?:\$\{?(?:env:)?(\w+)\}?|%(\w+)%)$/i.exec(text)?.slice(1).find(Boolean);
  if (kind !== 'variable' || name === undefined) {
    throw new EngineError(
      'invalid',
      sentence('No shell runs here that could replace {0}. Write what it stands for.', text),
    );
  }
  if (/^(?:PWD|cd|workspaceFolder)$/i.test(name)) return folder;
  return env[name] ?? (name === 'HOME' ? home : '');
}

/** Whether a place of the line is within double quotes. */
function isQuoted(line: string, end: number, shell: Shell): boolean {
  const escape = shell === 'powershell' ? '`' : shell === 'sh' ? '\\' : '^';
  let quote = '';
  for (let at = 0; at < end; at++) {
    const letter = line[at] ?? '';
    if (letter === escape && quote !== "'") at++;
    else if (letter === quote) quote = '';
    else if (quote === '' && (letter === '"' || (letter === "'" && shell !== 'cmd'))) quote = letter;
  }
  return quote === '"';
}

/** A value so that the line's next reading takes it as it is. */
function written(value: string, quoted: boolean, shell: Shell): string {
  switch (shell) {
    case 'sh':
      return quoted ? value.replaceAll(/["\\$`]/g, '\\$&') : `'${value.replaceAll("'", "'\\''")}'`;
    case 'powershell':
      return quoted ? value.replaceAll(/["`$]/g, '`$&') : `'${value.replaceAll("'", "''")}'`;
    case 'cmd':
      return quoted ? value : `"${value}"`;
  }
}
