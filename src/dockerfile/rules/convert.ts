import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import type { Fix } from './finding';

/** Other ways to write an instruction, on request: a chain of commands as a heredoc, and back. */
export function conversions(model: Model, instruction: Instruction): Fix[] {
  if (instruction.keyword !== 'RUN' || instruction.json) return [];
  return instruction.heredocs.length > 0 ? toChain(model, instruction) : toHeredoc(model, instruction);
}

/** The parts of `a && b && c`; undefined when something else joins them, or a comment would be lost. */
function chain(text: string): string[] | undefined {
  const parts: string[] = [];
  let quote = '';
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '(' || char === '{') depth += 1;
    else if (char === ')' || char === '}') depth -= 1;
    else if (depth === 0 && text.startsWith('||', at)) return undefined;
    else if (depth === 0 && text.startsWith('&&', at)) {
      parts.push(text.slice(from, at).trim());
      at += 1;
      from = at + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return quote === '' && depth === 0 && parts.every((part) => part !== '') ? parts : undefined;
}

function toHeredoc({ lines }: Model, { rest, facts, logical, headEnd }: Instruction): Fix[] {
  const parts = chain(rest.text);
  if (!parts || parts.length < 2 || facts.commentLines.length > 0 || /<<|\bEOF\b/.test(rest.text)) return [];
  const eol = lines.text.includes('\r\n') ? '\r\n' : '\n';
  // `set -e` stops at the first failure, as && does.
  const body = ['set -e', ...parts.map((part) => part.replace(/[ \t]{2,}/g, ' '))].join(eol);
  const start = logical.offsetOf(rest.at);
  return [
    {
      title: 'Change to a heredoc',
      edits: [{ start, end: headEnd, text: `<<EOF${eol}${body}${eol}EOF` }],
      safe: false,
    },
  ];
}

function toChain({ lines, escape }: Model, { heredocs, rest, end }: Instruction): Fix[] {
  const [only] = heredocs;
  if (!only || heredocs.length > 1 || only.delimiterLine === undefined || !/^<<-?\s*\S+$/.test(rest.text))
    return [];
  const eol = lines.text.includes('\r\n') ? '\r\n' : '\n';
  const commands = lines.text
    .slice(only.content.start, only.content.end)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^set -e\w*$/.test(line));
  const simple = commands.every(
    (line) =>
      !/^#|\\$|[;&|]$|^(?:if|for|while|until|case|then|else|elif|do|done|fi|esac|function|[{}])\b|^[{}]|\(\)|<</.test(
        line,
      ),
  );
  if (commands.length === 0 || !simple) return [];
  const text = commands.join(` ${escape}${eol}    && `);
  return [{ title: 'Change to a chain with &&', edits: [{ start: rest.start, end, text }], safe: false }];
}
