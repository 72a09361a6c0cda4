import { invalid } from './invalid';

const CONTAINER_NAME = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/**
 * Refuse what the engine would refuse as a container's name: at least two of letters, digits, `_`, `.` and `-`, the first
 * of them a letter or a digit (`moby: daemon/names`). Throws an `EngineError` of kind `invalid`.
 */
export function checkContainerName(name: string): void {
  if (!CONTAINER_NAME.test(name)) {
    throw invalid(
      '"{0}" cannot be the name of a container. Use two or more letters, digits, "_", "." or "-", beginning with a letter or a digit.',
      name,
    );
  }
}

/** The twelve digits people know an object by; a `sha256:` in front is left out (`moby: client/pkg/stringid`). */
export function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, 12);
}

/** A container's own name out of the engine's `Names`, which holds `/name` and link aliases such as `/other/alias`. */
export function ownName(names: readonly string[]): string | undefined {
  return names.find((name) => /^\/[^/]+$/.test(name))?.slice(1);
}
