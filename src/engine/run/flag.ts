import type { RunSpec } from './spec';

type FieldsOf<T> = { [K in keyof RunSpec]-?: NonNullable<RunSpec[K]> extends T ? K : never }[keyof RunSpec];

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;

interface Common {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** Older spellings, still understood. */
  readonly aliases?: readonly string[];
  readonly example?: string;
  /** Throws an `EngineError` for a value that the flag does not take. */
  readonly check?: (value: string) => unknown;
  /** As `check`; and what it returns is what the engine takes. */
  readonly parse?: (value: string) => unknown;
  /** What the engine shows as the flag's value; undefined for nothing. */
  readonly format?: (value: unknown) => string | undefined;
  /** The name under which the engine takes it as it is, in the container's `Config` or in its `HostConfig`. */
  readonly config?: string;
  readonly host?: string;
  /** What an engine shows there when nothing was asked for. */
  readonly usual?: readonly unknown[];
}

/**
 * One flag of `docker run`, and the field of `RunSpec` it fills. The kind says how values arrive: `boolean` (alone or
 * `=false`), `text` (the last one counts, unless `further` collects the rest), `number`, `list` (one for each time), `record`
 * (`key=value`), `word` (a list of one) and `env`.
 */
export type Flag =
  | (Common & {
      readonly kind: 'boolean';
      readonly field: FieldsOf<boolean>;
      /** The value that says nothing; undefined where both say something. */
      readonly unset?: boolean | undefined;
    })
  | (Common & {
      readonly kind: 'text';
      readonly field: FieldsOf<string>;
      readonly further?: FieldsOf<string[]>;
    })
  | (Common & {
      readonly kind: 'number';
      readonly field: FieldsOf<number>;
      readonly least?: number;
      readonly most?: number;
      /** Zero is a value too; an engine shows null for nothing. */
      readonly zero?: boolean;
    })
  | (Common & { readonly kind: 'list'; readonly field: FieldsOf<string[]> })
  | (Common & { readonly kind: 'word'; readonly field: FieldsOf<string[]> })
  | (Common & { readonly kind: 'record'; readonly field: FieldsOf<Record<string, string>> })
  | (Common & { readonly kind: 'env'; readonly field: FieldsOf<Record<string, string>> });

type Kind = Flag['kind'];
type Of<K extends Kind> = Extract<Flag, { kind: K }>;

/** The field has to be named only where it is not the flag's own name in camel case. */
type Rest<K extends Kind, Name extends string> = Omit<Of<K>, 'kind' | 'name' | 'field'> &
  (Camel<Name> extends Of<K>['field'] ? { field?: never } : { field: Of<K>['field'] });

export function boolean<Name extends string>(name: Name, rest: Rest<'boolean', Name>): Flag {
  return { kind: 'boolean', unset: false, name, field: camel(name), ...rest } as Of<'boolean'>;
}

export function text<Name extends string>(name: Name, rest: Rest<'text', Name>): Flag {
  return { kind: 'text', name, field: camel(name), ...rest } as Of<'text'>;
}

export function number<Name extends string>(name: Name, rest: Rest<'number', Name>): Flag {
  return { kind: 'number', name, field: camel(name), ...rest } as Of<'number'>;
}

export function list<Name extends string>(name: Name, rest: Rest<'list', Name>): Flag {
  return { kind: 'list', name, field: camel(name), ...rest } as Of<'list'>;
}

export function record<Name extends string>(name: Name, rest: Rest<'record', Name>): Flag {
  return { kind: 'record', name, field: camel(name), ...rest } as Of<'record'>;
}

function camel(name: string): string {
  return name.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
}
