import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Surroundings } from '../endpoint/surroundings';
import { cancelled, EngineError, sentence } from '../errors';
import { record, text } from '../wire/read';

/** A helper may ask its user to unlock a keychain first. */
const patience = 60_000;
const longestAnswer = 1 << 20;

type Action = 'get' | 'store' | 'erase' | 'list';

/** Where installers put helpers that a PATH made by a desktop session does not know. */
function usualFolders({ homedir, platform, env }: Surroundings): string[] {
  const own = ['.docker/bin', '.rd/bin', '.orbstack/bin'].map((folder) => join(homedir, folder));
  if (platform === 'win32') {
    return [join(env['ProgramFiles'] || 'C:\\Program Files', 'Docker\\Docker\\resources\\bin'), ...own];
  }
  return ['/usr/local/bin', '/opt/homebrew/bin', '/Applications/Docker.app/Contents/Resources/bin', ...own];
}

/** PATH as one list, longer than the process's own. A relative folder would mean whatever is open in the editor. */
export function searchPath(surroundings: Surroundings): string[] {
  const path = surroundings.env['PATH'] ?? surroundings.env['Path'] ?? '';
  return [...path.split(delimiter), ...usualFolders(surroundings)].filter((folder) => isAbsolute(folder));
}

/** The full path of a program; `undefined` when it is nowhere. */
export async function findProgram(name: string, surroundings: Surroundings): Promise<string | undefined> {
  const file = surroundings.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of searchPath(surroundings)) {
    const path = join(folder, file);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

/** The helper that the CLI starts to use by itself once there is something to keep; `undefined` where it is not installed. */
export async function defaultHelper(surroundings: Surroundings): Promise<string | undefined> {
  const { platform } = surroundings;
  const linux = async () => ((await findProgram('pass', surroundings)) ? 'pass' : 'secretservice');
  const name = platform === 'win32' ? 'wincred' : platform === 'darwin' ? 'osxkeychain' : await linux();
  return (await findProgram(`docker-credential-${name}`, surroundings)) && name;
}

/**
 * Run `docker-credential-<name> <action>` with `input` on stdin (docker-credential-helpers `client`). Answers with its
 * stdout, or `undefined` when it has no such credentials. Secrets go through the pipes alone. Rejects with kind
 * `invalid` when there is no such helper, `denied` when it fails or does not answer, `cancelled`.
 */
async function callHelper(
  name: string,
  action: Action,
  input: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const program = `docker-credential-${name}`;
  const path = /^[\w.+-]+$/.test(name) ? await findProgram(program, surroundings) : undefined;
  if (path === undefined) {
    throw new EngineError(
      'invalid',
      sentence(
        'The credential helper {0} of Docker\'s config.json is not installed. Install it, or remove "credsStore" or "credHelpers" there and log in again.',
        program,
      ),
    );
  }
  const env = { ...surroundings.env, PATH: searchPath(surroundings).join(delimiter) };
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, patience);
  const options = {
    env,
    killSignal: 'SIGKILL',
    maxBuffer: longestAnswer,
    windowsHide: true,
    signal: AbortSignal.any(signal ? [signal, late.signal] : [late.signal]),
  } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(path, [action], options, (error, stdout, stderr) => {
      clearTimeout(timer);
      if (!error) resolve(stdout);
      else if (signal?.aborted) reject(cancelled(error));
      else if (stdout.trim() === 'credentials not found in native keychain') resolve(undefined);
      else if (late.signal.aborted) reject(helperLate(program));
      else reject(helperFailure(program, action, stdout || stderr));
    });
    // A helper that ends without reading is told by its exit.
    child.stdin?.on('error', () => undefined).end(input);
  });
}

function helperLate(program: string): EngineError {
  return new EngineError(
    'denied',
    sentence(
      'The credential helper {0} did not answer for a minute. Unlock its keychain, then try again.',
      program,
    ),
  );
}

/** Only the first line of its words, and none of them where they can hold what it was given or keeps. */
function helperFailure(program: string, action: Action, words: string): EngineError {
  const first = (words.trim().split('\n')[0] ?? '').slice(0, 200);
  const said = action === 'store' || first.includes('{') ? '' : first;
  return new EngineError(
    'denied',
    sentence('The credential helper {0} failed. Run it in a terminal to see why.', program),
    { cause: new Error(`${program} ${action}: ${said || 'no message'}`) },
  );
}

/** An answer that is not what the protocol says. It may hold a secret, so nothing of it is repeated. */
function parseAnswer(name: string, answer: string): Readonly<Record<string, unknown>> {
  try {
    return record(firstValue(answer));
  } catch {
    throw new EngineError(
      'denied',
      sentence(
        'The credential helper {0} did not answer with JSON. Update or reinstall it.',
        `docker-credential-${name}`,
      ),
    );
  }
}

/** Some say more behind it, such as that there is a newer one. */
function firstValue(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return JSON.parse(answer.trimStart().split('\n')[0] ?? '');
  }
}

export interface HelperSecret {
  /** `<token>` says that the secret is an identity token. */
  readonly username: string;
  readonly secret: string;
}

/** What the helper keeps for a server, if anything. */
export async function helperGet(
  name: string,
  server: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<HelperSecret | undefined> {
  const answer = await callHelper(name, 'get', server, surroundings, signal);
  if (answer === undefined) return undefined;
  const found = parseAnswer(name, answer);
  return { username: text(found['Username']), secret: text(found['Secret']) };
}

/** The servers it keeps something for. */
export async function helperList(
  name: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<string[]> {
  const answer = await callHelper(name, 'list', 'unused', surroundings, signal);
  return answer === undefined ? [] : Object.keys(parseAnswer(name, answer));
}

/** Keep a secret for a server. */
export async function helperStore(
  name: string,
  server: string,
  { username, secret }: HelperSecret,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<void> {
  const input = JSON.stringify({ ServerURL: server, Username: username, Secret: secret });
  await callHelper(name, 'store', input, surroundings, signal);
}

/** Forget the server; that it was not known is no failure. */
export async function helperErase(
  name: string,
  server: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<void> {
  await callHelper(name, 'erase', server, surroundings, signal);
}
