import { clean } from '../rules/ignore';
import type { Instruction } from '../model/instruction';
import { stageNamed, type Model } from '../model/model';
import { lineage, type Stage } from '../model/stages';
import type { Span } from '../model/text';
import { unquote } from '../model/words';
import type { BaseConfig } from '../rules/finding';
import type { Item } from './item';

const most = 200;

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

/** The paths of the stage that `from` names. */
export function pathsFrom(model: Model, from: string, span: Span): Item[] {
  return pathItems(stageNamed(model, from), span, Infinity, 3);
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
    for (const { keyword, rest } of one.instructions) {
      if (keyword === 'USER') {
        const [name = ''] = rest.text.split(':');
        if (/^[\w.-]+$/.test(name)) made.add(name);
      } else if (keyword === 'RUN' && /(?:user|group)add|add(?:user|group)/.test(rest.text)) {
        for (const name of accounts(rest.text, groups)) made.add(name);
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

/** The names that commands such as `adduser -D app` make: their last words. */
function accounts(shell: string, groups: boolean): string[] {
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
