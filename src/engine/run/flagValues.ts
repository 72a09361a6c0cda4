import { list, text, textMap, type Json } from '../wire/read';
import type { Flag } from './flag';
import { FLAGS } from './flags';
import { filled, filledMap } from './inspect/given';
import type { RunSpec } from './spec';

/** Whether a flag's value goes to the container's `Config` or to its `HostConfig`. */
export type Place = 'config' | 'host';

/** What of a spec goes to the engine as it is, by the engine's names; what is not set is missing. */
export function engineValues(spec: RunSpec, place: Place): Record<string, unknown> {
  return Object.fromEntries(
    FLAGS.flatMap((flag) => {
      const key = flag[place];
      const value: unknown = spec[flag.field];
      return key === undefined || value === undefined ? [] : [[key, parsed(flag, value)]];
    }),
  );
}

/** The way back: what of an inspected container was asked for; `own` has what it got from its image. */
export function specValues(shown: Json, own: Json, place: Place): Partial<RunSpec> {
  return Object.fromEntries(
    FLAGS.flatMap((flag) => {
      const key = flag[place];
      if (key === undefined || flag.usual?.includes(shown[key])) return [];
      const value = asked(flag, shown[key]);
      return value === undefined || value === own[key] ? [] : [[flag.field, value]];
    }),
  );
}

function parsed({ parse }: Flag, value: unknown): unknown {
  if (!parse) return value;
  return Array.isArray(value) ? value.map((item) => parse(text(item))) : parse(text(value));
}

function asked(flag: Flag, shown: unknown): unknown {
  const format = flag.format ?? ((value: unknown) => text(value) || undefined);
  switch (flag.kind) {
    case 'boolean':
      return typeof shown === 'boolean' && shown !== flag.unset ? shown : undefined;
    case 'text':
      return format(shown);
    case 'number':
      return typeof shown === 'number' && (shown !== 0 || flag.zero) ? shown : undefined;
    case 'list':
    case 'word':
      return filled(
        list(shown)
          .map(format)
          .filter((item) => item !== undefined),
      );
    case 'record':
    case 'env':
      return filledMap(Object.entries(textMap(shown)));
  }
}
