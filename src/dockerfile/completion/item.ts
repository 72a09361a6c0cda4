import type { Span } from '../model/text';

export type ItemKind =
  | 'keyword'
  | 'flag'
  | 'value'
  | 'stage'
  | 'image'
  | 'variable'
  | 'file'
  | 'folder'
  | 'user'
  | 'property'
  | 'rule'
  | 'snippet';

/** One thing that fits where the cursor is. */
export interface Item {
  readonly label: string;
  readonly kind: ItemKind;
  /** What it replaces: the word at the cursor, behind the cursor too. */
  readonly span: Span;
  /** The label when not given. */
  readonly insert?: string;
  /** `insert` has places to fill in, as snippets of the editor have. */
  readonly snippet?: boolean;
  /** What stands beside the label: a value, a size. Not translated. */
  readonly detail?: string;
  /** A template of a sentence, translated where it is shown. */
  readonly doc?: string;
  readonly url?: string;
  /** Lower comes first, 5 when not given. */
  readonly rank?: number;
  /** The language server that other extensions bring offers it too. */
  readonly common?: boolean;
  /** More fits behind it, so it is asked for at once. */
  readonly more?: boolean;
}

/** What only the engine, a registry or a file system can tell. */
export type Want =
  | { readonly kind: 'images'; readonly span: Span; readonly text: string }
  | {
      readonly kind: 'paths';
      readonly span: Span;
      readonly text: string;
      /** Sources that are ignored are no sources. */
      readonly rank: number;
    }
  | {
      /** Paths in an image of the engine. */
      readonly kind: 'files';
      readonly span: Span;
      readonly text: string;
      readonly image: string;
      /** Nothing else fits. */
      readonly folders: boolean;
    }
  | {
      /** The accounts of an image. */
      readonly kind: 'accounts';
      readonly span: Span;
      readonly image: string;
      readonly groups: boolean;
    };

export interface Offer {
  readonly items: readonly Item[];
  readonly wants: readonly Want[];
}

export const nothing: Offer = { items: [], wants: [] };

export const offer = (items: readonly Item[], ...wants: readonly Want[]): Offer => ({ items, wants });

/** Labels that take nothing but the word's place. */
export const values = (
  span: Span,
  kind: ItemKind,
  labels: readonly string[],
  doc?: string,
  common?: boolean,
): Item[] => labels.map((label) => ({ label, kind, span, doc, common }));
