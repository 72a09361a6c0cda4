import type { Flag } from '../model/flags';
import { mountTypes } from '../rules/syntax/flags';
import { filesAt, pathItems, pathsFrom } from './container';
import { spanBack, unmarked, type Cursor } from './cursor';
import { nothing, offer, values, type Item, type Offer } from './item';
import { stageItems } from './stages';

const types: readonly (readonly [type: string, doc: string])[] = [
  ['cache', 'A folder that is kept from one build to the next, and is not in the image.'],
  ['bind', 'Files of the build context, a stage or an image.'],
  ['secret', 'A secret of the build, which is not kept in the image.'],
  ['ssh', "The keys of the build's SSH agent."],
  ['tmpfs', 'A folder in memory.'],
];

const keys: Readonly<Record<string, string>> = {
  type: 'What is mounted.',
  from: 'A stage or an image that the files come from.',
  source: 'The path in what it comes from.',
  target: 'Where it is mounted.',
  readonly: 'The command cannot write there.',
  readwrite: 'The command can write there; what it writes is discarded.',
  id: 'A name that tells it from others.',
  sharing: 'What builds do that use it at the same time.',
  mode: 'The permissions, in octal.',
  uid: "The owner's number.",
  gid: "The group's number.",
  size: 'The most that it may hold, such as 64m.',
  required: 'The build fails when it is not given.',
  env: 'The environment variable that gets the secret.',
};
const aliases: Readonly<Record<string, string>> = {
  src: 'source', dst: 'target', destination: 'target', ro: 'readonly', rw: 'readwrite',
}; // prettier-ignore
const bare = new Set(['readonly', 'readwrite', 'required']);

/** Where package managers keep what they download. */
const caches: readonly (readonly [path: string, of: string])[] = [
  ['/root/.npm', 'npm'], ['/root/.cache/yarn', 'Yarn'], ['/root/.local/share/pnpm/store', 'pnpm'],
  ['/root/.cache/pip', 'pip'], ['/root/.cache/uv', 'uv'], ['/root/.cache/pypoetry', 'Poetry'],
  ['/go/pkg/mod', 'Go'], ['/root/.cache/go-build', 'Go'], ['/root/.m2', 'Maven'], ['/root/.gradle', 'Gradle'],
  ['/usr/local/cargo/registry', 'Cargo'], ['/root/.nuget/packages', 'NuGet'], ['/root/.composer/cache', 'Composer'],
  ['/var/cache/apt', 'apt'], ['/var/lib/apt', 'apt'], ['/var/cache/apk', 'apk'],
]; // prettier-ignore

/** The part of `--mount` that the cursor is in: a key, or what a key takes. */
export function mountItems(cursor: Cursor, flag: Flag): Offer {
  const options = cursor.head.options(flag);
  const last = options.at(-1);
  const text = unmarked(last?.text ?? '').replace(/^["']/, '');
  const others = options.slice(0, -1);
  const valueOf = (name: string): string | undefined =>
    others.find(({ key }) => (aliases[key] ?? key) === name)?.value;
  const type = valueOf('type') ?? 'bind';
  const equals = text.indexOf('=');
  if (equals < 0) {
    const used = new Set(others.map(({ key }) => aliases[key] ?? key));
    return offer(keyItems(cursor, text, type, used));
  }
  const key = text.slice(0, equals).trim().toLowerCase();
  const value = text.slice(equals + 1);
  return valueItems(cursor, aliases[key] ?? key, value, type, valueOf('from'));
}

function keyItems(cursor: Cursor, text: string, type: string, used: ReadonlySet<string>): Item[] {
  const span = spanBack(cursor, text.length, /[\s"',=]/);
  const has = cursor.model.lines.text.charAt(span.end) === '=';
  const wanted = (mountTypes[type] ?? []).filter(
    (key) => aliases[key] === undefined && !used.has(key) && (key !== 'type' || has),
  );
  const items = wanted.map((key): Item => {
    const equals = has || bare.has(key) ? '' : '=';
    return {
      label: key,
      kind: 'property',
      span,
      insert: `${key}${equals}`,
      doc: keys[key],
      more: equals !== '',
    };
  });
  if (used.has('type') || has) return items;
  return [
    ...types.map(([name, doc]): Item => ({ label: `type=${name}`, kind: 'value', span, doc, rank: 1 })),
    ...items,
  ];
}

function valueItems(
  cursor: Cursor,
  key: string,
  value: string,
  type: string,
  from: string | undefined,
): Offer {
  const { model, whole } = cursor;
  const span = spanBack(cursor, value.length);
  if (key === 'type') return offer(types.map(([label, doc]): Item => ({ label, kind: 'value', span, doc })));
  if (!mountTypes[type]?.includes(key) || value.includes('$')) return nothing;
  if (key === 'sharing')
    return offer([
      { label: 'shared', kind: 'value', span, doc: 'Builds use it at the same time.' },
      { label: 'private', kind: 'value', span, doc: 'A second build gets another one.' },
      { label: 'locked', kind: 'value', span, doc: 'A second build waits.' },
    ]);
  if (key === 'from')
    return offer(stageItems(model, whole.stage, span, true), { kind: 'images', span, text: value });
  if (bare.has(key)) return offer(values(span, 'value', ['true', 'false']));
  if (key === 'mode') return offer(values(span, 'value', ['0755', '0700', '0644', '0400']));
  if (key === 'uid' || key === 'gid') return offer(values(span, 'value', ['0', '1000']));
  if (key === 'size') return offer(values(span, 'value', ['64m', '256m', '1g']));
  if (key === 'source' && type === 'bind')
    return from === undefined
      ? offer([], { kind: 'paths', span, text: value, rank: 3 })
      : pathsFrom(model, from, span, value);
  if (key !== 'target') return nothing;
  if (type === 'cache')
    return offer(caches.map(([label, detail]): Item => ({ label, kind: 'folder', span, detail })));
  if (type === 'secret') return offer(values(span, 'folder', ['/run/secrets/']));
  if (type === 'tmpfs') return offer(values(span, 'folder', ['/tmp', '/var/tmp']));
  return offer(pathItems(whole.stage, span, whole.start), ...filesAt(whole.stage, span, value, false));
}
