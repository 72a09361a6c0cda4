import type { Instruction } from '../model/instruction';
import type { Word } from '../model/logical';
import type { Fix } from './finding';
import { parseShell } from './hadolint/shell';

/**
 * The JSON form of a shell's line: word by word where no shell is needed for it, through `sh -c` where one is. Only on
 * one line, for comments and continuations have no place in JSON.
 */
export function execForm(instruction: Instruction, rest: Word): Fix[] {
  if (rest.text === '' || rest.end - rest.start !== rest.text.length) return [];
  const words = simpleWords(rest.text);
  const json = (list: readonly string[]): string =>
    `[${list.map((word) => JSON.stringify(word)).join(', ')}]`;
  const [text, safe] = words ? [json(words), true] : [json(['/bin/sh', '-c', rest.text]), false];
  return [
    {
      title: safe ? 'Change to the JSON form' : 'Change to the JSON form, with a shell',
      edits: [{ start: rest.start, end: rest.end, text }],
      // Without a shell the process gets the signals itself: that is wanted, and yet a change.
      safe: false,
    },
  ];
}

/** The words, when a shell would do nothing but split them. */
function simpleWords(text: string): string[] | undefined {
  if (/[$`*?[\]{}()<>|&;~#!\n\\=]/.test(text.replace(/--?[\w-]+=/g, ''))) return undefined;
  const [command, ...others] = parseShell(text);
  if (!command || others.length > 0) return undefined;
  return command.words.map((word) => word.text);
}
