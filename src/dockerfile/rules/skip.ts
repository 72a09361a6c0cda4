import { parseCheck } from '../model/directives';
import { instructionAt, type Model } from '../model/model';
import { ruleInfo } from './catalog';
import type { Finding, Fix } from './finding';

/** Ways to leave a rule out: for this instruction, and for the whole file. What the builder refuses cannot be. */
export function skips(model: Model, { rule, start }: Finding): Fix[] {
  const { kind } = ruleInfo(rule);
  const fixes: Fix[] = [];
  if (kind === 'syntax') return fixes;
  const instruction = instructionAt(model, start);
  const eol = model.lines.text.includes('\r\n') ? '\r\n' : '\n';
  // On the first line the comment would be a directive, which is the other way.
  if (instruction && instruction.line > 0)
    fixes.push(here(model, rule, instruction.line, kind === 'buildkit', eol));
  fixes.push(kind === 'buildkit' ? inDirective(model, rule, eol) : globally(model, rule, eol));
  return fixes;
}

/** A comment above the instruction, or one more name in the one that is there. */
function here(model: Model, rule: string, line: number, buildkit: boolean, eol: string): Fix {
  const { lines } = model;
  const title = 'Skip {0} for this instruction';
  const above = line > 0 && model.commentLines.includes(line - 1) ? lines.textOf(line - 1) : '';
  const shape = buildkit
    ? /^(\s*#\s*check\s*=\s*skip\s*=\s*[\w,\s]*\w)/
    : /^(\s*#\s*hadolint\s+ignore\s*=\s*[\w,\s]*\w)/;
  const listed = shape.exec(above)?.[1];
  if (listed !== undefined) {
    const end = lines.startOf(line - 1) + listed.length;
    return { title, args: [rule], edits: [{ start: end, end, text: `,${rule}` }], safe: false };
  }
  const start = lines.startOf(line);
  const indent = /^[ \t]*/.exec(lines.textOf(line).slice(0, 200))?.[0] ?? '';
  // Right below a directive it would be one more of them.
  const gap = line === model.directives.length ? eol : '';
  const text = `${gap}${indent}# ${buildkit ? 'check=skip=' : 'hadolint ignore='}${rule}${eol}`;
  return { title, args: [rule], edits: [{ start, end: start, text }], safe: false };
}

/** BuildKit takes one check directive, among the first lines; what it says already stays. */
function inDirective(model: Model, rule: string, eol: string): Fix {
  const { lines, directives } = model;
  const title = 'Skip {0} in this file';
  const directive = directives.find(({ name }) => name === 'check');
  if (!directive) {
    const start = lines.startOf(directives.length);
    const bom = start === 0 && lines.text.startsWith('\uFEFF') ? 1 : 0;
    // A last line without an end would take the comment into itself.
    const first = directives.length > 0 && directives.length === lines.count ? eol : '';
    const text = `${first}# check=skip=${rule}${eol}`;
    return { title, args: [rule], edits: [{ start: start + bom, end: start + bom, text }], safe: false };
  }
  const { value, valueSpan } = directive;
  const skip = /(^|;)(\s*skip\s*=\s*)([^;]*?)(\s*)(?=;|$)/.exec(value);
  if (parseCheck(value).skip.includes('all')) return { title, args: [rule], edits: [], safe: false };
  const at = skip
    ? valueSpan.start + skip.index + (skip[1] ?? '').length + (skip[2] ?? '').length + (skip[3] ?? '').length
    : valueSpan.end;
  const text = skip ? `${skip[3] === '' ? '' : ','}${rule}` : `${value === '' ? '' : ';'}skip=${rule}`;
  return { title, args: [rule], edits: [{ start: at, end: at, text }], safe: false };
}

function globally(model: Model, rule: string, eol: string): Fix {
  const { lines, directives, commentLines } = model;
  const title = 'Skip {0} in this file';
  for (const line of commentLines) {
    const listed = /^(\s*#\s*hadolint\s+global\s+ignore\s*=\s*[\w,\s]*\w)/.exec(lines.textOf(line))?.[1];
    if (listed === undefined) continue;
    const end = lines.startOf(line) + listed.length;
    return { title, args: [rule], edits: [{ start: end, end, text: `,${rule}` }], safe: false };
  }
  const start = lines.startOf(directives.length);
  const bom = start === 0 && lines.text.startsWith('\uFEFF') ? 1 : 0;
  const first = directives.length > 0 && directives.length === lines.count ? eol : '';
  const text = `${first}# hadolint global ignore=${rule}${eol}`;
  return { title, args: [rule], edits: [{ start: start + bom, end: start + bom, text }], safe: false };
}
