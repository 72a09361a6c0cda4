import { invalid } from '../invalid';
import type { Shell } from './words';

// What is plain text to each shell wherever it stands in an argument.
const PLAIN: Readonly<Record<Shell, RegExp>> = {
  sh: /^[A-Za-z0-9_@%+=:,./-]+$/,
  powershell: /^(?!-.*[.:])[A-Za-z0-9_+=:./\\-]+$/s,
  cmd: /^[A-Za-z0-9_@+:,./\\=-]+$/,
};

/**
 * An argument as it has to be written for a shell so that the program gets exactly it. For PowerShell this is the quoting of
 * version 7.3 and later, which passes double quotes on. Throws an `EngineError` of kind `invalid` for a line break where the
 * shell is cmd, which has no way to write one.
 */
export function quote(argument: string, shell: Shell): string {
  if (PLAIN[shell].test(argument)) return argument;
  switch (shell) {
    case 'sh':
      return `'${argument.replaceAll("'", `'\\''`)}'`;
    case 'powershell':
      return `'${argument.replaceAll("'", "''")}'`;
    case 'cmd':
      return cmdQuote(argument);
  }
}

function cmdQuote(argument: string): string {
  if (/[\r\n]/.test(argument)) {
    throw invalid(
      '"{0}" has a line break, which cmd cannot write. Use PowerShell or another shell.',
      argument,
    );
  }
  // For the program: backslashes count only before a quote.
  const quoted = `"${argument.replace(/(\\*)(?:"|$)/g, (match, slashes: string) => slashes + slashes + (match.endsWith('"') ? '\\"' : ''))}"`;
  // For cmd, which would see a quote end too early, or a variable: every character it knows gets a caret.
  return /["%!]/.test(argument) ? quoted.replace(/[()%!^"<>&|]/g, '^$&') : quoted;
}
