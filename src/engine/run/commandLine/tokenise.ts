import { cmdWords } from './cmd';
import { powershellWords } from './powershell';
import { shWords } from './sh';
import type { Shell, Word } from './words';

const COMMAND = '(?=(?:sudo|docker|podman|nerdctl)\\b)';
const COMMENTS = new RegExp(`^(?:\\s*#(?!\\s*${COMMAND})[^\\n]*\\n)*`);
const PROMPT = new RegExp(`^\\s*(?:PS [^>\\n]*>|[A-Za-z]:\\\\[^>\\n]*>|\\S*[$#%>\u276f])\\s*${COMMAND}`);

/**
 * Split a command line into its arguments, by the quoting of `shell`. Continued lines are joined whatever character continues
 * them; variables and command substitutions are kept as text and reported. Offsets are 0-based, into `line`. Throws a
 * `LineError` (an `EngineError` of kind `invalid`) for an open quote, and for what a shell would not pass on to the command.
 */
export function tokenise(line: string, shell: Shell, from = 0): Word[] {
  switch (shell) {
    case 'sh':
      return shWords(line, from);
    case 'powershell':
      return powershellWords(line, from);
    case 'cmd':
      return cmdWords(line, from);
  }
}

/** Which shell a pasted line was written for, by its prompt and by how it continues lines; `sh` unless it shows otherwise. */
export function detectShell(line: string): Shell {
  if (/^\s*PS /.test(line) || /`\r?\n/.test(line)) return 'powershell';
  return /^\s*[A-Za-z]:\\[^>\n]*>/.test(line) || /\^\r?\n/.test(line) ? 'cmd' : 'sh';
}

/** How long what was copied along in front of a command is: comments, and a prompt such as `$ `, `root@host:~# ` or `PS C:\> `. */
export function promptLength(line: string): number {
  const comments = COMMENTS.exec(line)?.[0].length ?? 0;
  return comments + (PROMPT.exec(line.slice(comments))?.[0].length ?? 0);
}
