import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError, sentence, type EngineErrorKind } from '../errors';
import { formatAddress, type SshAddress } from './address';
import type { Commands } from './commandAgent';
import type { CommandEnd } from './commandConnection';

/** As one word of a POSIX shell: ssh joins the remote command with spaces and hands it to the remote shell. */
const quoted = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** `-l user -p port -- host`; nothing in them can be taken for an option, see `parseAddress`. */
function destination({ user, port, host }: SshAddress): string[] {
  return [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '--',
    host,
  ];
}

/** The arguments the CLI gives to ssh (docker/cli `cli/connhelper`), with `options` among them. */
export function sshArguments(address: SshAddress, options: readonly string[] = []): string[] {
  const engine = address.path === undefined ? [] : [quoted(`--host=unix://${address.path}`)];
  return [
    '-o',
    'ConnectTimeout=30',
    ...options,
    '-T',
    ...destination(address),
    'docker',
    ...engine,
    'system',
    'dial-stdio',
  ];
}

/** What ssh and the remote CLI say, the first match wins: the kind, and a sentence with the address and their words. */
const failures: readonly (readonly [RegExp, EngineErrorKind, string])[] = [
  [
    /host key verification failed|remote host identification has changed|no .* host key is known/i,
    'denied',
    'The identity of {0} is not known or has changed. Connect to it once with ssh in a terminal and check its key.',
  ],
  [
    /permission denied.*docker daemon socket|docker daemon socket.*permission denied|dial unix .*permission denied/is,
    'denied',
    'The user of {0} may not use Docker there. Add that user to the "docker" group on that machine.',
  ],
  [
    /permission denied|too many authentication failures|no supported authentication methods/i,
    'denied',
    '{0} refused the login. Check the user name, and that your key is loaded: ssh-add -l lists the keys.',
  ],
  [
    /could not resolve hostname|name or service not known/i,
    'unreachable',
    'There is no machine with the name in {0}. Check the spelling and your ssh config.',
  ],
  [
    /docker: (command )?not found|command not found|no such file or directory.*docker|is not recognized as/i,
    'unreachable',
    'There is no docker command on {0}. Install Docker there, or put it on the PATH of non-interactive logins.',
  ],
  [
    /is the docker daemon running|cannot connect to the docker daemon|dial unix/i,
    'unreachable',
    'Docker is installed on {0} but does not run. Start it there.',
  ],
];

/** The end of an ssh process as an error: kind `denied` or `unreachable`, by what it wrote to stderr. */
export function sshFailure(address: SshAddress, { startError, stderr, status }: CommandEnd): EngineError {
  const host = formatAddress(address);
  if (startError) {
    return new EngineError(
      'unreachable',
      sentence('The program ssh could not be started. Install OpenSSH and put it on the PATH.'),
      { cause: startError },
    );
  }
  const cause = new Error(stderr || `ssh ended with ${String(status)}`);
  for (const [pattern, kind, text] of failures) {
    if (pattern.test(stderr)) return new EngineError(kind, sentence(text, host), { cause });
  }
  const last = stderr.split('\n').at(-1)?.trim() ?? '';
  return new EngineError(
    'unreachable',
    sentence(
      'The ssh connection to {0} ended: {1} Try the same with ssh in a terminal.',
      host,
      last || cause.message,
    ),
    { cause },
  );
}

/** A socket's path has 104 bytes on macOS, of which ssh takes 17 while it makes it, and we 8; a longer one is fatal. */
const longestPrefix = 104 - 17 - 8;

/** What `ssh -G` says: the user's configuration for this host. Nothing is connected. */
function effectiveConfig(address: SshAddress): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      'ssh',
      ['-G', ...destination(address)],
      { timeout: 10_000, killSignal: 'SIGKILL', windowsHide: true },
      (error, stdout) => {
        resolve(error ? '' : stdout);
      },
    );
  });
}

/** Whether the user's own configuration leaves connection sharing alone, so that ours would not get in its way. */
export function mayShareConnections(config: string): boolean {
  const said = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(config)?.[1] ?? '';
  return config !== '' && said('controlmaster') === 'false' && ['', 'none'].includes(said('controlpath'));
}

/**
 * The engine of another machine through the user's own `ssh`: its config, known hosts, agent and jump hosts hold.
 * Connections share one login (`ControlMaster`) where the platform can and the user's config does not do so itself.
 */
export function sshCommands(address: SshAddress): Commands {
  let folder: Promise<string | undefined> | undefined;
  let disposed = false;

  const shareFolder = async () => {
    const prefix = join(tmpdir(), 'qs-ssh-');
    if (process.platform === 'win32' || Buffer.byteLength(prefix) > longestPrefix) return undefined;
    if (!mayShareConnections(await effectiveConfig(address))) return undefined;
    return mkdtemp(prefix); // Which the user alone may open.
  };
  // Read like a line of ssh's configuration: quoted, and a percent sign begins a token.
  const control = (path: string) => ['-o', `ControlPath="${join(path, 'c').replaceAll('%', '%%')}"`];

  return {
    name: formatAddress(address),
    async command() {
      folder ??= shareFolder().catch(() => undefined);
      const path = await folder;
      const sharing =
        path === undefined || disposed
          ? []
          : ['-o', 'ControlMaster=auto', '-o', 'ControlPersist=60', ...control(path)];
      return {
        file: 'ssh',
        args: sshArguments(address, sharing),
        failure: (end) => sshFailure(address, end),
      };
    },
    dispose() {
      disposed = true;
      void folder?.then((path) => {
        if (path === undefined) return;
        execFile(
          'ssh',
          ['-O', 'exit', ...control(path), ...destination(address)],
          { timeout: 10_000 },
          () => {
            rm(path, { recursive: true, force: true }).catch(() => undefined);
          },
        );
      });
    },
  };
}
