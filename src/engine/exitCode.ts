import { sentence, type Sentence } from './errors';

/** How a process ended, in words (`docker run`, "Exit status"; 128 + n is signal n). */
export function exitSentence(code: number): Sentence {
  switch (code) {
    case 0:
      return sentence('It ended well (exit code 0).');
    case 125:
      return sentence('The engine could not run it (exit code 125).');
    case 126:
      return sentence('Its command cannot be executed (exit code 126).');
    case 127:
      return sentence('Its command was not found (exit code 127).');
    case 130:
      return sentence('It was interrupted with Ctrl+C (exit code 130).');
    case 134:
      return sentence('It crashed: it aborted itself (exit code 134).');
    case 137:
      return sentence('It was killed, or ran out of memory (exit code 137).');
    case 139:
      return sentence('It crashed: it used memory that is not its own (exit code 139).');
    case 143:
      return sentence('It was asked to stop, and did (exit code 143).');
    default:
      return code > 128 && code < 160
        ? sentence('It was ended by signal {0} (exit code {1}).', String(code - 128), String(code))
        : sentence('It ended with exit code {0}.', String(code));
  }
}
