import { platformArgs } from '../model/scope';
import type { Stage } from '../model/stages';
import type { BaseConfig } from '../rules/finding';
import { filesAt, pathItems, pathsFrom } from './container';
import { argumentsOf, jsonAt, spanBack, type Cursor } from './cursor';
import { owners } from './flags';
import { usesLower } from './instructions';
import { nothing, offer, values, type Item, type Offer, type Want } from './item';
import { stageItems } from './stages';
import { labelKeys, licenses, ports, shells, signals } from './words';

type Base = (stage: Stage) => BaseConfig | undefined;

/** What an instruction takes behind its flags. */
export function argumentItems(cursor: Cursor, base: Base): Offer {
  switch (cursor.head.keyword) {
    case 'FROM':
      return from(cursor);
    case 'COPY':
    case 'ADD':
      return copy(cursor);
    case 'WORKDIR':
    case 'VOLUME':
      return folders(cursor);
    case 'USER':
      return argumentsOf(cursor).before.length > 0 ? nothing : owners(cursor, argumentsOf(cursor).text, base);
    case 'EXPOSE':
      return expose(cursor);
    case 'STOPSIGNAL':
      return first(cursor, signals);
    case 'LABEL':
      return label(cursor);
    case 'ARG':
      return arg(cursor);
    case 'HEALTHCHECK':
      return first(cursor, ['CMD', 'NONE'], true);
    case 'SHELL':
    case 'CMD':
    case 'ENTRYPOINT':
      return jsonForm(cursor);
    default:
      return nothing;
  }
}

/** Words that stand alone. */
function first(cursor: Cursor, labels: readonly string[], common = false): Offer {
  const { before, text } = argumentsOf(cursor);
  if (before.length > 0 || /["']/.test(text)) return nothing;
  return offer(values(spanBack(cursor, text.length), 'value', labels, undefined, common));
}

function from(cursor: Cursor): Offer {
  const { before, text } = argumentsOf(cursor);
  const { model, whole } = cursor;
  const span = spanBack(cursor, text.length);
  if (before.length === 1) {
    const label = usesLower(model) ? 'as' : 'AS';
    const there = whole.args.some((word) => word.text.toUpperCase() === 'AS' && word.start >= span.end);
    return there
      ? nothing
      : offer([{ label, kind: 'keyword', span, insert: `${label} `, doc: 'Names the stage.' }]);
  }
  if (before.length > 1 || text.includes('$') || text.includes('@')) return nothing;
  const scratch: Item = {
    label: 'scratch',
    kind: 'image',
    span,
    doc: 'Nothing: an empty file system.',
    rank: 8,
  };
  return offer([...stageItems(model, whole.stage, span, false), scratch], { kind: 'images', span, text });
}

function copy(cursor: Cursor): Offer {
  const { head, model, whole } = cursor;
  const json = jsonAt(cursor);
  const { before, text } = json ? { before: { length: json.index }, text: json.text } : argumentsOf(cursor);
  if (!json && head.rest.text.startsWith('[')) return nothing;
  if (text.startsWith('<<') || /^(?:\w+:\/\/|git@)/.test(text) || text.includes('$')) return nothing;
  const span = spanBack(cursor, text.length);
  const source = head.flag('from')?.value;
  const wants: Want[] = [];
  const items: Item[] = [];
  if (source !== undefined) {
    const there = pathsFrom(model, source, span, text);
    items.push(...there.items);
    wants.push(...there.wants);
  } else if (before.length === 0 || !text.startsWith('/')) wants.push({ kind: 'paths', span, text, rank: 5 });
  if (before.length === 0) return offer(items, ...wants);
  const here = text === '' || text === '.' ? values(span, 'folder', ['./'], 'The working folder.') : [];
  const known = new Set(items.map(({ label }) => label));
  const targets = pathItems(whole.stage, span, whole.start, 2).filter(({ label }) => !known.has(label));
  // One more source, or the target.
  const inside = wants.some(({ kind }) => kind === 'files') ? [] : filesAt(whole.stage, span, text, false);
  return offer([...here, ...targets, ...items], ...wants, ...inside);
}

function folders(cursor: Cursor): Offer {
  const json = jsonAt(cursor);
  const { head, whole } = cursor;
  if (!json && head.rest.text.startsWith('[')) return nothing;
  const { before, text } = json ? { before: [], text: json.text } : argumentsOf(cursor);
  if (head.keyword === 'WORKDIR' && before.length > 0) return nothing;
  const span = spanBack(cursor, text.length);
  const known = pathItems(whole.stage, span, whole.start, 2).filter(({ kind }) => kind === 'folder');
  const usual = head.keyword === 'WORKDIR' ? ['/app', '/src', '/workspace'] : ['/data'];
  const there = new Set(known.map(({ label }) => label));
  const others = usual.filter((path) => !there.has(path));
  return offer([...known, ...values(span, 'folder', others)], ...filesAt(whole.stage, span, text, true));
}

function expose(cursor: Cursor): Offer {
  const { before, text } = argumentsOf(cursor);
  const slash = text.indexOf('/');
  if (slash >= 0) {
    const span = spanBack(cursor, text.length - slash - 1);
    return /^[\d-]+\//.test(text) ? offer(values(span, 'value', ['tcp', 'udp', 'sctp'])) : nothing;
  }
  if (!/^\d*$/.test(text)) return nothing;
  const span = spanBack(cursor, text.length, /[\s"',/]/);
  const used = new Set(before.map((word) => word.text));
  return offer(
    ports
      .filter(([port]) => !used.has(port))
      .map(([label, detail]): Item => ({ label, kind: 'value', span, detail })),
  );
}

function label(cursor: Cursor): Offer {
  const { before, text } = argumentsOf(cursor);
  if (before.some((word) => !word.text.includes('='))) return nothing;
  const equals = text.indexOf('=');
  if (equals >= 0) {
    const value = text.slice(equals + 1).replace(/^"/, '');
    if (text.slice(0, equals) !== 'org.opencontainers.image.licenses') return nothing;
    return offer(values(spanBack(cursor, value.length), 'value', licenses));
  }
  if (/["']/.test(text)) return nothing;
  const span = spanBack(cursor, text.length, /[\s=]/);
  const has = cursor.model.lines.text.charAt(span.end) === '=';
  const used = new Set(before.map((word) => word.text.split('=')[0]));
  return offer(
    labelKeys
      .filter(([key]) => !used.has(key))
      .map(([key, doc]): Item => ({
        label: key,
        kind: 'property',
        span,
        insert: has ? key : `${key}="$0"`,
        snippet: !has,
        doc,
        url: 'https://specs.opencontainers.org/image-spec/annotations/',
      })),
  );
}

/** In a stage: what is declared before the first FROM, and what the builder gives. */
function arg(cursor: Cursor): Offer {
  const { text } = argumentsOf(cursor);
  const { model, whole } = cursor;
  if (text.includes('=') || !whole.stage) return nothing;
  const span = spanBack(cursor, text.length, /[\s=]/);
  const declared = new Set(
    whole.stage.instructions
      .filter((one) => one.keyword === 'ARG' && one !== whole)
      .flatMap((one) => one.properties.map(({ name }) => name)),
  );
  const globals = model.globals.all().filter(({ kind }) => kind === 'ARG');
  return offer([
    ...globals
      .filter(({ name }) => !declared.has(name))
      .map(({ name, value }): Item => ({
        label: name,
        kind: 'variable',
        span,
        detail: value,
        doc: 'Declared before the first FROM; this makes it known in the stage.',
        rank: 1,
      })),
    ...platformArgs
      .filter((name) => !declared.has(name))
      .map((name): Item => ({ label: name, kind: 'variable', span, doc: 'Set by the builder.' })),
  ]);
}

function jsonForm(cursor: Cursor): Offer {
  const { keyword, rest } = cursor.head;
  const { before, text } = argumentsOf(cursor);
  const json = jsonAt(cursor);
  if (keyword === 'SHELL') {
    if (rest.text.length > 1 || before.length > 0 || text !== '') return nothing;
    const span = spanBack(cursor, 0);
    return offer(values(span, 'value', shells));
  }
  if (json || before.length > 0 || text !== '') return nothing;
  const insert = '["${1:executable}"$0]';
  return offer([
    {
      label: '["executable", "argument"]',
      kind: 'snippet',
      span: spanBack(cursor, 0),
      insert,
      snippet: true,
      doc: 'The JSON form: no shell stands between, so signals reach the program.',
      url: 'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
    },
  ]);
}
