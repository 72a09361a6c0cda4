import type { Query } from '../query';

/** What the page asks of a worker; `id` comes back with the answer. */
export type Asked =
  /** `order`: lines of another order, as older ones are, have another state. */
  | {
      readonly id: number;
      readonly kind: 'classify';
      readonly order: string;
      readonly text: Uint8Array;
      readonly meta: Uint16Array;
    }
  | {
      readonly id: number;
      readonly kind: 'judge';
      readonly text: Uint8Array;
      readonly count: number;
      readonly query: Query;
    }
  | {
      readonly id: number;
      readonly kind: 'ranges';
      readonly texts: readonly string[];
      readonly query: Query;
    };

export interface Answers {
  readonly classify: { readonly text: Uint8Array; readonly meta: Uint16Array };
  readonly judge: Uint8Array;
  readonly ranges: (readonly (readonly [number, number])[])[];
}

export interface Answered {
  readonly id: number;
  readonly value: Answers[keyof Answers];
}
