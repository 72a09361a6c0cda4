/** What the two halves of a panel say to each other: a panel's own messages, and what its browser half may ask. */
export interface Contract {
  readonly toWebview: { readonly type: string };
  readonly toHost: { readonly type: string };
  /** By name: what is handed over with the question, and what comes back. */
  readonly requests: Readonly<Record<string, { readonly asks: unknown; readonly gets: unknown }>>;
}

/** The envelopes a panel's browser half receives. */
export type FromHost<C extends Contract> =
  | { readonly kind: 'message'; readonly message: C['toWebview'] }
  | { readonly kind: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'rejection'; readonly id: number; readonly reason: string };

/** The envelopes a panel's host half receives. `ready` comes again each time the editor has shown the panel anew. */
export type FromWebview<C extends Contract> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'message'; readonly message: C['toHost'] }
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly asks: unknown };
