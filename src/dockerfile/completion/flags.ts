import type { Flag } from '../model/flags';
import type { Stage } from '../model/stages';
import type { BaseConfig } from '../rules/finding';
import { flagTable } from '../rules/syntax/flags';
import { accountsAt, userItems } from './container';
import { spanBack, unmarked, type Cursor } from './cursor';
import { nothing, offer, values, type Item, type Offer } from './item';
import { mountItems } from './mounts';
import { stageItems } from './stages';

const docs: Readonly<Record<string, string>> = {
  platform: 'The platform of the image, where it has several.',
  from: 'Copies from a stage or an image instead of the build context.',
  chown: 'The owner of the copied files, user or user:group.',
  chmod: 'The permissions of the copied files.',
  link: 'Copies into a layer of its own, which stays when those before it change.',
  parents: 'Keeps the folders of the sources.',
  exclude: 'Leaves out what matches; can be given more than once.',
  'keep-git-dir': 'Keeps the .git folder of a repository that is added.',
  checksum: 'What the downloaded file must be, as sha256:...',
  unpack: 'Whether archives are unpacked.',
  mount: 'Mounts a cache, a secret, files or memory while the command runs.',
  network: 'The network while the command runs.',
  security: 'The rights of the command.',
  device: 'Gives the command a device.',
  interval: 'The time between two checks.',
  timeout: 'How long a check may take.',
  'start-period': 'How long the container has until failures count.',
  'start-interval': 'The time between two checks in the start period.',
  retries: 'How many failures in a row make it unhealthy.',
};
const repeatable = new Set(['exclude', 'mount', 'device']);
/** Those that the language server of other extensions knows. */
export const commonFlags = new Set([
  'platform', 'from', 'chown', 'interval', 'timeout', 'start-period', 'start-interval', 'retries',
]); // prettier-ignore
const flagsAlone = new Set(['link', 'parents', 'keep-git-dir', 'unpack']);

/** The flags that are not there yet. */
export function flagNames(cursor: Cursor): Offer {
  const { head, whole, model, offset } = cursor;
  const names = Object.keys(flagTable[head.keyword] ?? {});
  if (names.length === 0) return nothing;
  const typed = unmarked(head.logical.text).split(/\s/).at(-1) ?? '';
  const span = spanBack(cursor, typed.length, /[\s=]/);
  const has = model.lines.text.charAt(span.end) === '=';
  const used = new Set(
    [...head.flags, ...(whole.trigger ?? whole).flags]
      .filter((flag) => flag.start + flag.text.length < offset || flag.start > offset)
      .map(({ name }) => name),
  );
  return offer(
    names
      .filter((name) => !used.has(name) || repeatable.has(name))
      .map((name): Item => {
        const alone = flagsAlone.has(name);
        return {
          label: `--${name}`,
          kind: 'flag',
          span,
          insert: `--${name}${has || alone ? '' : '='}`,
          doc: docs[name],
          url: `https://docs.docker.com/reference/dockerfile/#${head.keyword.toLowerCase()}${head.keyword === 'HEALTHCHECK' ? '' : `---${name}`}`,
          rank: 6,
          common: commonFlags.has(name),
          more: !alone && !has,
        };
      }),
  );
}

const platforms = [
  'linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/riscv64', 'linux/s390x',
  'windows/amd64',
]; // prettier-ignore
const modes = ['0755', '0644', '0600', '+x', 'u=rwX,go=rX'];

/** What a flag of this name takes. */
export function flagValues(
  cursor: Cursor,
  flag: Flag,
  base: (stage: Stage) => BaseConfig | undefined,
): Offer {
  const { name } = flag;
  const kind = flagTable[cursor.head.keyword]?.[name];
  if (kind === undefined) return nothing;
  const text = unmarked(flag.text.slice(flag.text.indexOf('=') + 1)).replace(/^["']/, '');
  if (kind === 'mount') return mountItems(cursor, flag);
  const span = spanBack(cursor, text.length);
  if (kind === 'boolean') return offer(values(span, 'value', ['true', 'false']));
  if (kind === 'number') return offer(values(span, 'value', ['3', '5', '10']));
  if (kind === 'duration') return offer(values(span, 'value', ['5s', '10s', '30s', '1m', '5m']));
  if (typeof kind === 'object') return offer(values(span, 'value', kind));
  const { stage } = cursor.whole;
  if (name === 'from')
    return text.includes('$')
      ? nothing
      : offer(stageItems(cursor.model, stage, span, true, true), { kind: 'images', span, text });
  if (name === 'platform')
    return offer([
      {
        label: '$BUILDPLATFORM',
        kind: 'variable',
        span,
        doc: 'The platform of the machine that builds: nothing is emulated.',
        rank: 1,
      },
      ...values(span, 'value', platforms),
    ]);
  if (name === 'chmod') return offer(values(span, 'value', modes));
  if (name === 'checksum') return offer(values(span, 'value', ['sha256:']));
  if (name === 'exclude') return offer([], { kind: 'paths', span, text, rank: 3 });
  if (name === 'chown') return owners(cursor, text, base);
  return nothing;
}

/** Before the colon a user, behind it a group. */
export function owners(cursor: Cursor, text: string, base: (stage: Stage) => BaseConfig | undefined): Offer {
  const colon = text.indexOf(':');
  const { stage } = cursor.whole;
  const span = spanBack(cursor, text.length - colon - 1, /[\s"',:]/);
  return offer(userItems(stage, span, base, colon >= 0), ...accountsAt(stage, span, colon >= 0));
}
