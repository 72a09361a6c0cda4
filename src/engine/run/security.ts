import { invalid } from './invalid';
import { cut } from './pairs';

/**
 * The file of a seccomp profile that a `--security-opt` names, if it names one. `unconfined`, the engine's own `builtin` and a
 * profile written out are none. Throws an `EngineError` of kind `invalid` for an option without a value.
 */
export function seccompFile(option: string): string | undefined {
  const [key, value] = splitOption(option);
  const isProfile =
    key === 'seccomp' && value !== 'unconfined' && value !== 'builtin' && !value.startsWith('{');
  return isProfile ? value : undefined;
}

/** A seccomp profile as the engine takes it: the option with the file's JSON, without blanks. */
export function seccompOption(profile: string, path: string): string {
  try {
    JSON.parse(profile);
  } catch (cause) {
    throw invalid('The seccomp profile {0} is not JSON ({1}). Correct it.', path, String(cause));
  }
  // Blanks between the tokens alone: what a number or a key looks like must stay as it was written.
  return `seccomp=${profile.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')}`;
}

/** Refuse an option that is neither `key=value` nor a known word. Throws an `EngineError` of kind `invalid`. */
export function checkSecurityOption(option: string): void {
  splitOption(option);
}

function splitOption(option: string): [string, string] {
  const [key, value] = option.includes('=') ? cut(option) : cut(option, ':');
  if (value === undefined && option !== 'no-new-privileges') {
    throw invalid(
      '"{0}" is not a security option. Write it like apparmor=unconfined or no-new-privileges.',
      option,
    );
  }
  return [key, value ?? ''];
}
