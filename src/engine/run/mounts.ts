import { record, text, textMap, type Json } from '../wire/read';
import { csvText, parseCsv } from './csv';
import { invalid } from './invalid';
import { parseBoolean, parseInteger } from './numbers';
import { cut } from './pairs';
import { parseSize } from './units';
import { absolute } from './volumes';

/** One mount as the engine's API takes it (`HostConfig.Mounts`). */
export interface Mount extends Json {
  readonly Type: string;
  readonly Target: string;
}

/** How a key's value is written: as it is, in lower case, as a boolean or alone, as `name=value`, as a size, in octal. */
type Form = 'text' | 'lower' | 'flag' | 'pair' | 'size' | 'octal';

/** The keys of a mount, and where the API has their values. Reading and writing share it. */
const KEYS: readonly [key: string, path: string, form: Form][] = [
  ['type', 'Type', 'lower'],
  ['source', 'Source', 'text'],
  ['target', 'Target', 'text'],
  ['readonly', 'ReadOnly', 'flag'],
  ['consistency', 'Consistency', 'lower'],
  ['bind-propagation', 'BindOptions.Propagation', 'lower'],
  ['bind-nonrecursive', 'BindOptions.NonRecursive', 'flag'],
  ['bind-create-src', 'BindOptions.CreateMountpoint', 'flag'],
  ['volume-nocopy', 'VolumeOptions.NoCopy', 'flag'],
  ['volume-subpath', 'VolumeOptions.Subpath', 'text'],
  ['volume-label', 'VolumeOptions.Labels', 'pair'],
  ['volume-driver', 'VolumeOptions.DriverConfig.Name', 'text'],
  ['volume-opt', 'VolumeOptions.DriverConfig.Options', 'pair'],
  ['image-subpath', 'ImageOptions.Subpath', 'text'],
  ['tmpfs-size', 'TmpfsOptions.SizeBytes', 'size'],
  ['tmpfs-mode', 'TmpfsOptions.Mode', 'octal'],
];
const ALIASES: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
};
/** `bind-recursive`, which the API has as one flag for each of its values. */
const RECURSIVE: Readonly<Record<string, string>> = {
  enabled: '',
  disabled: 'NonRecursive',
  writable: 'ReadOnlyNonRecursive',
  readonly: 'ReadOnlyForceRecursive',
};

/**
 * Parse one value of `--mount`: `type=bind,src=/host,dst=/container,readonly`. Follows `docker/cli: opts/mount.go`, with the
 * keys newer CLIs added. A bind source that begins with a dot is made absolute against `cwd`, where there is one. Throws an
 * `EngineError` of kind `invalid`.
 */
export function parseMount(given: string, cwd?: string): Mount {
  const mount: Tree = new Map<string, unknown>([['Type', 'volume']]);
  for (const field of parseCsv(given)) setField(mount, field, given);

  const [type, source] = [text(mount.get('Type')), mount.get('Source')];
  if (type === '') throw invalid('The mount "{0}" has an empty type. Use bind, volume or tmpfs.', given);
  if (!mount.get('Target')) throw invalid('The mount "{0}" says nowhere to mount. Add target=/path.', given);
  for (const owner of ['bind', 'volume', 'image', 'tmpfs']) {
    if (owner !== type && mount.has(`${owner.charAt(0).toUpperCase()}${owner.slice(1)}Options`)) {
      throw invalid('A mount of type {0} has no {1}-… keys. Leave them out or use type={1}.', type, owner);
    }
  }
  if (type === 'bind' && source !== undefined) mount.set('Source', absolute(text(source), cwd));
  return plain(mount) as Mount;
}

/** The value of `--mount` that `parseMount` reads as this mount. */
export function mountText(mount: Json): string {
  const bind = record(mount['BindOptions']);
  const recursive = Object.entries(RECURSIVE).filter(
    ([mode, flag]) => mode !== 'disabled' && bind[flag] === true,
  );
  return csvText([
    ...KEYS.flatMap(([key, path, form]) => {
      const value = path.split('.').reduce<unknown>((json, name) => record(json)[name], mount);
      if (form === 'flag') return value === true ? [key] : [];
      if (form === 'pair')
        return Object.entries(textMap(value)).map(([name, item]) => `${key}=${name}=${item}`);
      const shown =
        typeof value === 'number' && value > 0 ? value.toString(form === 'octal' ? 8 : 10) : text(value);
      return shown === '' ? [] : [`${key}=${shown}`];
    }),
    ...recursive.map(([mode]) => `bind-recursive=${mode}`),
  ]);
}

/** Maps, in which every name is a name like any other. */
type Tree = Map<string, unknown>;

function setField(mount: Tree, field: string, given: string): void {
  const [name, written] = cut(field);
  const lower = name.toLowerCase();
  const key = ALIASES[lower] ?? lower;
  const [, path, form] = KEYS.find(([known]) => known === key) ?? [];
  if (written === undefined && form !== 'flag') {
    throw invalid('"{0}" in the mount "{1}" has no value. Write it as key=value.', field, given);
  }
  const value = written ?? 'true';
  if (key === 'bind-recursive') {
    const flag = RECURSIVE[value.toLowerCase()];
    if (flag === undefined) throw invalid('"{0}" is not enabled, disabled, writable or readonly.', value);
    setAt(mount, ['BindOptions', flag || 'NonRecursive'], flag !== '');
  } else if (path === undefined || form === undefined) {
    throw invalid('"{0}" is not a key of a mount. Use type, source, target, readonly and the like.', name);
  } else if (form === 'pair') {
    const [pairName, pairValue = ''] = cut(value);
    setAt(mount, [...path.split('.'), pairName], pairValue);
  } else setAt(mount, path.split('.'), valueOf(value, form));
}

function valueOf(value: string, form: Form): unknown {
  switch (form) {
    case 'lower':
      return value.toLowerCase();
    case 'flag':
      return parseBoolean(value);
    case 'size':
      return parseSize(value);
    case 'octal':
      if (!/^[0-7]+$/.test(value)) throw invalid('"{0}" is not a file mode. Write it like 1777.', value);
      return parseInteger(`0${value}`, 0, 0xffffffff);
    default:
      return value;
  }
}

function setAt(tree: Tree, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree.set(first, value);
    return;
  }
  const inner = tree.get(first) instanceof Map ? (tree.get(first) as Tree) : new Map<string, unknown>();
  tree.set(first, inner);
  setAt(inner, rest, value);
}

function plain(tree: Tree): Json {
  return Object.fromEntries(
    [...tree].map(([key, value]) => [key, value instanceof Map ? plain(value as Tree) : value]),
  );
}
