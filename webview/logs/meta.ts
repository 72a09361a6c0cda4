/** What is known of a line besides its text and its time, in 16 bits. The host's half is `src/panels/logs/encode.ts`. */

/** Written to stderr. */
export const STDERR = 1;
/** Not written by the container: says what happened to it. */
export const DIVIDER = 2;
/** Goes on with a stack trace: shown only with the line it belongs to. */
export const CONTINUATION = 4;

export const sourceOf = (meta: number): number => meta >> 6;
export const levelOf = (meta: number): Level => LEVELS[(meta >> 3) & 7] ?? 'none';
export const withLevel = (meta: number, level: Level): number =>
  (meta & ~0b111000) | (LEVELS.indexOf(level) << 3);

/** As people tell them apart: what is worse than an error is one, and a trace is for debugging. */
export const LEVELS = ['none', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];
