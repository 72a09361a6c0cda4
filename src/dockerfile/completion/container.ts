import { clean } from '../rules/ignore';
import type { Instruction } from '../model/instruction';
import { stageNamed, type Model } from '../model/model';
import { lineage, type Stage } from '../model/stages';
import type { Span } from '../model/text';
import { unquote } from '../model/words';
import type { BaseConfig } from '../rules/finding';
import type { Entry } from './paths';
import { offer, type Item, type Offer, type Want } from './item';

const most = 200;
const mostFiles = 500;

/** The paths that a stage's instructions name, up to a place: its folders, and where files were copied to. */
export function containerPaths(stage: Stage, until = Infinity): string[] {
  const found = new Set<string>();
  for (const one of lineage(stage).reverse()) {
    let folder = '/';
    for (const instruction of one.instructions) {
      if (instruction.start >= until || found.size >= most) break;
      for (const path of pathsOf(instruction)) {
        if (path.includes('$') || path === '') continue;
        const absolute = path.startsWith('/') ? path : `${folder}/${path}`;
        const whole = `/${clean(absolute)}`;
        if (instruction.keyword === 'WORKDIR') folder = whole;
        if (whole !== '/') found.add(path.endsWith('/') ? `${whole}/` : whole);
      }
    }
  }
  return [...found];
}

function pathsOf({ keyword, args, json, facts }: Instruction): string[] {
  const words = json
    ? json.items.map(({ value }) => value)
    : args.map(({ text }) => unquote(text, facts.escape));
  if (keyword === 'WORKDIR' || keyword === 'VOLUME') return words;
  if (keyword !== 'COPY' && keyword !== 'ADD') return [];
  const target = words.length > 1 ? (words.at(-1) ?? '') : '';
  const [source = ''] = words;
  const name = source.split('/').at(-1) ?? '';
  // One file into a folder is known by its name there.
  const single = words.length === 2 && target.endsWith('/') && /^[^*?[<$]*\.[^*?[<$.]+$/.test(name);
  return single ? [target, `${target}${name}`] : [target];
}

export function pathItems(stage: Stage | undefined, span: Span, until: number, rank = 4): Item[] {
  if (!stage) return [];
  return containerPaths(stage, until).map((label) => ({
    label,
    kind: label.endsWith('/') || !/\.\w+$/.test(label) ? 'folder' : 'file',
    span,
    doc: 'A path that this Dockerfile makes.',
    rank,
  }));
}

/** What `from` has, a stage or an image: the paths that are written, and those that its image begins with. */
export function pathsFrom(model: Model, from: string, span: Span, text: string): Offer {
  const stage = stageNamed(model, from);
  const items = pathItems(stage, span, Infinity, 3);
  const image = stage ? imageOf(stage) : /^\d+$|\$/.test(from) ? undefined : from;
  return offer(items, ...filesOf(image, span, text, false));
}

/** The image that a stage is made from in the end; undefined where there is none, or only a build can tell. */
function imageOf(stage: Stage): string | undefined {
  const { resolved = '', image } = lineage(stage).at(-1) ?? {};
  return resolved === '' || resolved.toLowerCase() === 'scratch' || image?.text === '' ? undefined : resolved;
}

function filesOf(image: string | undefined, span: Span, text: string, folders: boolean): Want[] {
  if (image === undefined || /[$*?[\\]|(?:^|\/)\.\.(?:\/|$)/.test(text)) return [];
  return [{ kind: 'files', span, text, image, folders }];
}

/** What a stage begins with, for a path that is counted from its root. */
export const filesAt = (stage: Stage | undefined, span: Span, text: string, folders: boolean): Want[] =>
  stage && text.startsWith('/') ? filesOf(imageOf(stage), span, text, folders) : [];

/** Those of the image that a stage is made from. */
export function accountsAt(stage: Stage | undefined, span: Span, groups: boolean): Want[] {
  const image = stage && imageOf(stage);
  return image === undefined ? [] : [{ kind: 'accounts', span, image, groups }];
}

/** Those that this stage has made or is run by, its image's own, and root. */
export function userItems(
  stage: Stage | undefined,
  span: Span,
  base: (stage: Stage) => BaseConfig | undefined,
  groups = false,
): Item[] {
  const made = new Set<string>();
  for (const one of stage ? lineage(stage) : []) {
    const own = one.base ? undefined : base(one)?.user.split(':')[0];
    if (own) made.add(own);
    const image = one.resolved.split(/[:@]/)[0] ?? '';
    if (/^(?:.*\/)?node$/.test(image)) made.add('node');
    for (const { keyword, rest, heredocs, facts } of one.instructions) {
      if (keyword === 'USER') {
        const [name = ''] = rest.text.split(':');
        if (/^[\w.-]+$/.test(name)) made.add(name);
      } else if (keyword === 'RUN') {
        const scripts = heredocs.map(({ content: { start, end } }) => facts.text.slice(start, end));
        for (const script of [rest.text, ...scripts])
          for (const name of accounts(script, groups)) made.add(name);
      }
    }
  }
  const users = [...made].map((label): Item => ({
    label,
    kind: 'user',
    span,
    doc: 'A user that this Dockerfile or its image has.',
    rank: 2,
  }));
  const usual = ['root', 'nobody', '1000'].filter((name) => !made.has(name));
  return [...users, ...usual.map((label): Item => ({ label, kind: 'user', span, rank: 6 }))];
}

/** What stands in the folder of an image that is being written. */
export function imageFileItems(
  { span, text, folders }: Extract<Want, { kind: 'files' }>,
  entries: readonly Entry[],
): Item[] {
  const written = text.slice(0, text.lastIndexOf('/') + 1) || '/';
  return entries
    .filter(({ name, folder }) => (folder || !folders) && !/[\s"'$\\]/.test(name))
    .slice(0, mostFiles)
    .map(({ name, folder }) => ({
      label: `${written}${name}${folder ? '/' : ''}`,
      kind: folder ? 'folder' : 'file',
      span,
      doc: 'A path in the image.',
      rank: 4,
      more: folder,
    }));
}

/** Accounts that an image has. */
export const imageUserItems = (
  { span }: Extract<Want, { kind: 'accounts' }>,
  names: readonly string[],
): Item[] =>
  names
    .slice(0, most)
    .map((label) => ({ label, kind: 'user', span, doc: 'An account in the image.', rank: 7 }));

/** The names that commands such as `adduser -D app` make: their last words. */
function accounts(shell: string, groups: boolean): string[] {
  if (!/(?:user|group)add|add(?:user|group)/.test(shell)) return [];
  return shell
    .slice(0, 20_000)
    .split(/&&|\|\||[;|\n]/)
    .flatMap((command) => {
      const words = command.trim().split(/\s+/);
      const at = words.findIndex((word) => /^(?:user|group)add$|^add(?:user|group)$/.test(word));
      if (at < 0 || (/group/.test(words[at] ?? '') && !groups)) return [];
      const name = words.at(-1) ?? '';
      return words.length > at + 1 && /^[a-z_][\w.-]*$/i.test(name) ? [name] : [];
    });
}
