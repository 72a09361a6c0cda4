import { spawn } from 'node:child_process';
import fs, { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CopyOptions, Files } from '../../../src/engine/files';
import { connect } from '../../engine/support/connect';
import { ask, baseImage, engine, removeLabelled } from '../../rig/engine';
import { archiveOf, plantHere, treeHere, treeIn, type Plant, type Row } from './trees';

const LABEL = 'conformance-cp';

/** What a side answers: whether it succeeded, and its words when it did not. */
export interface Answer {
  readonly ok: boolean;
  readonly said: string;
}

/** The CLI or ours: each with containers and a directory of its own, which begin alike. */
export interface Side {
  readonly name: 'cli' | 'ours';
  /** Of this computer; every case has a directory in it. */
  readonly here: string;
  readonly running: string;
  readonly stopped: string;
  copyIn(container: string, from: string, to: string, options: CopyOptions): Promise<Answer>;
  copyOut(container: string, from: string, to: string, options: CopyOptions): Promise<Answer>;
  copyBetween(from: string, path: string, to: string, where: string): Promise<Answer>;
}

/** The `docker` that belongs to the engine; a newer client may come first on PATH. */
const DOCKER = fs.existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';

/** Runs the CLI with bytes in and out, and no configuration of anybody's. */
export function cli(args: readonly string[], stdin?: Buffer): Promise<Answer & { stdout: Buffer }> {
  const env = {
    ...process.env,
    DOCKER_HOST: engine.host,
    DOCKER_CONFIG: '/nonexistent',
    DOCKER_CONTEXT: undefined,
  };
  const child = spawn(DOCKER, args, { env });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A copy that is refused does not read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ ok: code === 0, said: Buffer.concat(err).toString().trim(), stdout: Buffer.concat(out) }),
    );
  });
}

const flags = ({ followLink, containerUser }: CopyOptions): string[] => [
  ...(followLink === true ? ['-L'] : []),
  ...(containerUser === true ? ['-a'] : []),
];

/** Both sides, with a running and a stopped container each. */
export async function makeSides(): Promise<{
  cli: Side;
  ours: Side;
  files: Files;
  end: () => Promise<void>;
}> {
  await removeLabelled(LABEL);
  const image = await baseImage();
  const root = mkdtempSync(path.join(os.tmpdir(), 'quayside-cp-'));
  const here = connect();
  const { files } = here;
  const place = async (name: Side['name']): Promise<Pick<Side, 'name' | 'here' | 'running' | 'stopped'>> => {
    fs.mkdirSync(path.join(root, name));
    return {
      name,
      here: path.join(root, name),
      running: await container(image, true),
      stopped: await container(image, false),
    };
  };
  const theirs: Side = {
    ...(await place('cli')),
    copyIn: (id, from, to, options) => cli(['cp', ...flags(options), from, `${id}:${to}`]),
    copyOut: (id, from, to, options) => cli(['cp', ...flags(options), `${id}:${from}`, to]),
    copyBetween: async (from, where, to, target) => {
      const archive = await cli(['cp', `${from}:${where}`, '-']);
      return archive.ok ? cli(['cp', '-', `${to}:${target}`], archive.stdout) : archive;
    },
  };
  const ours: Side = {
    ...(await place('ours')),
    copyIn: (id, from, to, options) => answer(files.copyTo(id, from, to, options)),
    copyOut: (id, from, to, options) => answer(files.copyFrom(id, from, to, options)),
    copyBetween: (from, where, to, target) =>
      answer(files.copyBetween({ id: from, path: where }, { id: to, path: target })),
  };
  return {
    cli: theirs,
    ours,
    files,
    end: async () => {
      here.dispose();
      await removeLabelled(LABEL);
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A container that stays, or one that has never run. */
export async function container(image: string, running: boolean, more: object = {}): Promise<string> {
  const { Id } = (await ask('POST', '/containers/create', {
    Image: image,
    Cmd: ['sleep', '1000000'],
    Labels: { 'dev.quayside.test': LABEL },
    ...more,
  })) as { Id: string };
  if (running) await ask('POST', `/containers/${Id}/start`);
  return Id;
}

/** Plants below `/w` of a container. */
export async function plantIn(id: string, plants: readonly Plant[]): Promise<void> {
  const planted = await cli(
    ['cp', '-', `${id}:/`],
    await archiveOf([{ path: '', type: 'directory', mode: 0o755 }, ...plants], 'w/'),
  );
  if (!planted.ok) throw new Error(planted.said);
}

/** What is below a directory of a container, asked for by the CLI. */
export async function treeOf(id: string, directory: string): Promise<Row[]> {
  const { ok, said, stdout } = await cli(['cp', `${id}:${directory}`, '-']);
  if (!ok) throw new Error(said);
  return treeIn(stdout);
}

export { plantHere, treeHere };

async function answer(work: Promise<unknown>): Promise<Answer> {
  try {
    await work;
    return { ok: true, said: '' };
  } catch (error) {
    return { ok: false, said: String(error) };
  }
}
