import type { Model } from '../model/model';
import { ruleInfo, ruleNames } from '../rules/catalog';
import { nothing, offer, values, type Item, type Offer } from './item';
import type { Span } from '../model/text';

const directives: readonly (readonly [name: string, insert: string, doc: string])[] = [
  ['syntax', 'syntax=docker/dockerfile:1', 'The Dockerfile syntax that builds this file.'],
  ['check', 'check=skip=', 'Which build checks are skipped, and whether they fail the build.'],
  ['escape', 'escape=`', 'The character that continues lines: useful for the paths of Windows.'],
];

/** The checks that are, or were, only done when asked for. */
const experimental = ['all', 'InvalidDefinitionDescription', 'CopyIgnoredFile'];

/** Parser directives where they count, and the names of rules in the comments that skip them. */
export function commentItems(model: Model, offset: number, line: number, before: string): Offer {
  const [, text = ''] = /^\uFEFF?[ \t]*#[ \t]*(.*)$/s.exec(before) ?? [];
  const inBlock = line <= model.directives.length && line <= firstLine(model);
  const { text: all } = model.lines;
  const to = model.lines.endOf(line);
  const span = (length: number, stops = /[\s,;]/): Span => {
    let end = offset;
    while (end < to && !stops.test(all.charAt(end))) end += 1;
    return { start: offset - length, end };
  };
  const hadolint = /^hadolint[ \t]+(?:global[ \t]+)?ignore[ \t]*=[ \t]*(.*)$/i.exec(text);
  if (hadolint) return offer(ruleItems(hadolint[1] ?? '', ['hadolint'], span, []));
  const equals = /^([a-z]+)[ \t]*=[ \t]*(.*)$/is.exec(text);
  if (!equals)
    return /^[a-z]*$/i.test(text) ? beginnings(model, text, inBlock, span(text.length, /[\s=]/)) : nothing;
  const [, name = '', value = ''] = equals;
  if (name.toLowerCase() === 'check') return checkItems(value, inBlock, span);
  if (!inBlock) return nothing;
  const fit = { syntax: ['docker/dockerfile:1', 'docker/dockerfile:1-labs'], escape: ['\\', '`'] };
  const labels = fit[name.toLowerCase() as keyof typeof fit] as readonly string[] | undefined;
  return offer((labels ?? []).map((label): Item => ({ label, kind: 'value', span: span(value.length) })));
}

const firstLine = ({ instructions }: Model): number => instructions[0]?.line ?? Infinity;

function beginnings(model: Model, text: string, inBlock: boolean, span: Span): Offer {
  const there = new Set(model.directives.map(({ name }) => name));
  const items: Item[] = [];
  if (inBlock)
    for (const [name, insert, doc] of directives) {
      if (there.has(name)) continue;
      const url = `https://docs.docker.com/reference/dockerfile/#${name}`;
      const more = insert.endsWith('=');
      items.push({ label: insert, kind: 'property', span, doc, url, more, common: name === 'escape' });
    }
  // In other comments people write prose: only what begins as these do is one of them.
  else if (text !== '' && 'check'.startsWith(text.toLowerCase()))
    items.push({
      label: 'check=skip=',
      kind: 'property',
      span,
      doc: 'Skips build checks for the next instruction.',
      more: true,
    });
  if (text !== '' && 'hadolint'.startsWith(text.toLowerCase()))
    items.push({
      label: 'hadolint ignore=',
      kind: 'property',
      span,
      doc: 'Skips rules for the next instruction.',
      more: true,
    });
  return offer(items);
}

function checkItems(value: string, inBlock: boolean, span: (length: number, stops?: RegExp) => Span): Offer {
  if (value.includes('//')) return nothing;
  const part = (value.split(';').at(-1) ?? '').trimStart();
  const [, key = '', list = ''] = /^(\w+)[ \t]*=[ \t]*(.*)$/.exec(part) ?? [];
  if (key === 'skip') return offer(ruleItems(list, ['buildkit'], span, ['all']));
  if (!inBlock)
    return part === '' || 'skip'.startsWith(part) ? offer([option('skip=', span(part.length))]) : nothing;
  if (key === 'error')
    return offer(['true', 'false'].map((label) => ({ label, kind: 'value', span: span(list.length) })));
  if (key === 'experimental') {
    const typed = (list.split(',').at(-1) ?? '').trim();
    return offer(values(span(typed.length), 'rule', experimental));
  }
  if (!/^\w*$/.test(part)) return nothing;
  const used = new Set(value.split(';').map((one) => one.split('=')[0]?.trim()));
  return offer(
    ['skip=', 'error=', 'experimental=']
      .filter((label) => !used.has(label.slice(0, -1)))
      .map((label) => option(label, span(part.length, /[\s,;=]/))),
  );
}

const option = (label: string, span: Span): Item => ({ label, kind: 'property', span, more: true });

function ruleItems(
  list: string,
  kinds: readonly ('buildkit' | 'hadolint')[],
  span: (length: number) => Span,
  also: readonly string[],
): Item[] {
  const names = list.split(',').map((name) => name.trim());
  const typed = names.at(-1) ?? '';
  if (/\s/.test(typed)) return [];
  const used = new Set(names.slice(0, -1));
  return [...also, ...kinds.flatMap((kind) => ruleNames(kind))]
    .filter((name) => !used.has(name))
    .map((label) => ({
      label,
      kind: 'rule',
      span: span(typed.length),
      url: ruleInfo(label).url || undefined,
    }));
}
