import { EngineError, sentence } from '../errors';

/** What the CLI and the engine detach on unless told otherwise. */
export const DEFAULT_DETACH_KEYS = 'ctrl-p,ctrl-q';

/**
 * Keys that nobody types. An engine that is told none detaches on its default, and keeps ctrl-p from every shell until
 * the next key comes.
 */
export const NO_DETACH_KEYS = 'ctrl-^,ctrl-@,ctrl-^,ctrl-@,ctrl-^,ctrl-@';

/**
 * The bytes of a sequence such as `ctrl-p,ctrl-q`: single ASCII characters, `ctrl-` with a letter or one of `@ [ \ ] ^ _`,
 * and `DEL`, separated by commas. Kind `invalid` for anything else. Reference: `term/ascii.go` of moby.
 */
export function parseDetachKeys(said: string): Buffer {
  const bytes = said.split(',').map((key) => {
    if (key === 'DEL') return 127;
    const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key)?.[1];
    // ctrl takes a letter's place in the alphabet; those of the signs are their capitals' too.
    if (control !== undefined) return control.toUpperCase().charCodeAt(0) - 64;
    if (key.length === 1 && key.charCodeAt(0) < 128) return key.charCodeAt(0);
    throw new EngineError(
      'invalid',
      sentence(
        '"{0}" in the detach keys "{1}" is not a key. Write a letter, or ctrl- and a letter, such as ctrl-p,ctrl-q.',
        key,
        said,
      ),
    );
  });
  return Buffer.from(bytes);
}

/**
 * Looks for the detach keys in what is typed. What may be the beginning of them is held back until the next key tells,
 * so that neither the program nor the engine sees a sequence that was meant for us.
 */
export class DetachFilter {
  readonly #keys: Buffer;
  /** How many bytes of the keys have been typed. */
  #held = 0;

  constructor(keys: Buffer) {
    this.#keys = keys;
  }

  /** What is to be passed on, and whether the keys were typed; what follows them is dropped. */
  push(typed: Buffer): { data: Buffer; detached: boolean } {
    if (this.#keys.length === 0) return { data: typed, detached: false };
    const all = this.#held === 0 ? typed : Buffer.concat([this.#keys.subarray(0, this.#held), typed]);
    const at = all.indexOf(this.#keys);
    if (at !== -1) {
      this.#held = 0;
      return { data: all.subarray(0, at), detached: true };
    }
    this.#held = Math.min(all.length, this.#keys.length - 1);
    while (!all.subarray(all.length - this.#held).equals(this.#keys.subarray(0, this.#held))) this.#held--;
    return { data: all.subarray(0, all.length - this.#held), detached: false };
  }
}
