import { trimStart } from '../spaces';
import { invalid } from './invalid';
import { cut } from './pairs';

/** The environment to take values from: a process's own, or a record in tests. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Bytes of a line, its end among them, that the CLI's scanner holds. */
const MAX_LINE = 64 * 1024;

/** Refuse what cannot be `--env`: a value without a name. Throws an `EngineError` of kind `invalid`. */
export function checkEnv(text: string): void {
  if (text === '' || text.startsWith('=')) {
    throw invalid('"{0}" names no variable. Write it like NAME=value.', text);
  }
}

/**
 * The `NAME=value` lines of an env-file, exactly as `docker run --env-file` reads it: no quotes, no escapes, no interpolation,
 * blanks only dropped before the name, `#` only at the beginning of a line. A name alone takes its value from `env`, or is
 * left out when it has none there (`docker/cli: opts/file.go`). `path` is for the sentence of an error, an `EngineError` of
 * kind `invalid`.
 */
export function parseEnvFile(content: Uint8Array, path: string, env: Environment): string[] {
  return parseLines(content, path).flatMap(([name, value = env[name]]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
}

/** As `parseEnvFile`, for `--label-file`: a name without a value is left out. */
export function parseLabelFile(content: Uint8Array, path: string): string[] {
  return parseEnvFile(content, path, {});
}

function parseLines(content: Uint8Array, path: string): [string, string | undefined][] {
  const found: [string, string | undefined][] = [];
  decode(content, path)
    .split('\n')
    .forEach((raw, index) => {
      if (Buffer.byteLength(raw) >= MAX_LINE) {
        throw invalid('Line {0} of {1} is too long. Shorten it.', index + 1, path);
      }
      const line = trimStart(raw.replace(/\r$/, ''));
      if (line === '' || line.startsWith('#')) return;
      const [name, value] = cut(line);
      if (name === '') throw invalid('Line {0} of {1} has no name before the "=". Add one.', index + 1, path);
      if (/[ \t]/.test(name)) {
        throw invalid(
          'Line {0} of {1} has a blank in the name "{2}". Names have none; quotes and "export" mean nothing here.',
          index + 1,
          path,
          name,
        );
      }
      found.push([name, value]);
    });
  return found;
}

function decode(content: Uint8Array, path: string): string {
  try {
    // Drops a byte order mark at the beginning.
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw invalid('{0} is not in UTF-8. Save it with that encoding.', path);
  }
}
