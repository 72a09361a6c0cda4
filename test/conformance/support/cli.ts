import { execFile } from 'node:child_process';
import path from 'node:path';
import { run, which } from '../../../scripts/rig/processes.mjs';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The docker CLI to be held against: the engine's own at /usr/bin, else the one on PATH. Rejects when there is none. */
export async function dockerCli(): Promise<string> {
  const found = (await which('/usr/bin/docker')) ?? (await which('docker'));
  if (found === undefined) {
    throw new Error('There is no docker CLI to compare with. Install docker.io, or put docker on PATH.');
  }
  return found;
}

/** The version of a CLI, such as `20.10.24+dfsg1`. */
export async function cliVersion(cli: string): Promise<string> {
  const version = await run(cli, ['--version']);
  return /version ([^,\s]+)/.exec(version)?.[1] ?? 'unknown';
}

/** Run a line of shell in which `docker` is `cli`, with nothing to read and an environment of its own. */
export function runShell(
  line: string,
  options: { cli: string; cwd: string; env: Readonly<Record<string, string | undefined>> },
): Promise<Ran> {
  const env = { ...options.env, PATH: `${path.dirname(options.cli)}:/usr/bin:/bin` };
  return new Promise((resolve, reject) => {
    const child = execFile('/bin/sh', ['-c', line], { cwd: options.cwd, env }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else reject(new Error(`${line} did not run`, { cause: error }));
    });
    child.stdin?.end();
  });
}
