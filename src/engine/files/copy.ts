import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EngineError, sentence } from '../errors';
import { TarReader } from '../streams/tar/reader';
import type { Archives } from './archives';
import { containerDestination, containerSource } from './containerEnds';
import { extract } from './extract';
import { hostDestination, hostSource } from './hostEnds';
import { hostFailure, shown } from './hostFailure';
import { hostTrees } from './hostTree';
import { Packer } from './pack';
import { planCopy, type CopyEnd } from './planCopy';
import { renamed } from './rename';
import { retopped } from './retop';
import type { Tally } from './tally';
import { PassedOn } from './upload';

/** Files of this computer into a container. */
export async function copyIn(
  archives: Archives,
  from: readonly string[],
  path: string,
  options: { readonly followLink: boolean; readonly containerUser: boolean; readonly tally: Tally },
  signal?: AbortSignal,
): Promise<void> {
  const sources = from.map((one) => hostSource(one, options.followLink));
  const destination = await containerDestination(archives, path, signal);
  if (sources.length > 1) refuseUnlessDirectory(destination);
  const plans = sources.map((source) => ({ source, plan: planCopy(source, destination) }));
  const [first] = plans;
  if (!first) return;
  options.tally.total = sources.length === 1 ? first.source.size : undefined;
  const packer = new Packer(
    hostTrees(plans.map(({ source, plan }) => ({ path: source.path, name: plan.name ?? source.name }))),
    options.tally,
    signal,
  );
  await archives.unpack(first.plan.directory, packer, options, signal);
}

/** A path of a container to this computer. */
export async function copyOut(
  archives: Archives,
  path: string,
  to: string,
  options: { readonly followLink: boolean; readonly tally: Tally },
  signal?: AbortSignal,
): Promise<void> {
  const destination = hostDestination(to);
  const source = await containerSource(archives, path, options.followLink, signal);
  const { stat, body } = await archives.openPassing(source.path, signal);
  const reader = new TarReader(body, signal);
  try {
    const plan = planCopy({ path, directory: stat.type === 'directory' }, destination);
    options.tally.total = stat.type === 'file' ? stat.size : undefined;
    const name = plan.name ?? source.rename;
    const top = name === undefined ? undefined : { from: source.name, to: name };
    await extract(reader, plan.directory, { top, tally: options.tally, signal });
  } finally {
    await reader.close();
  }
}

function refuseUnlessDirectory({ path, exists, directory }: CopyEnd): void {
  if (exists && directory) return;
  throw new EngineError(
    exists ? 'conflict' : 'notFound',
    sentence(
      'Several files can be copied only into a directory, and "{0}" is none. Create it first.',
      shown(path),
    ),
  );
}

/** A path of one container into another, or into the same one. */
export async function copyBetween(
  from: { readonly archives: Archives; readonly path: string },
  to: { readonly archives: Archives; readonly path: string },
  options: { readonly followLink: boolean; readonly sameContainer: boolean; readonly tally: Tally },
  signal?: AbortSignal,
): Promise<void> {
  const source = await containerSource(from.archives, from.path, options.followLink, signal);
  const destination = await containerDestination(to.archives, to.path, signal);
  const { stat, body } = await from.archives.open(source.path, signal);
  try {
    const plan = planCopy({ path: from.path, directory: stat.type === 'directory' }, destination);
    options.tally.total = stat.type === 'file' ? stat.size : undefined;
    const top = { from: source.name, to: plan.name ?? source.rename ?? source.name };
    const reader = new TarReader(body as AsyncIterable<Buffer>, signal);
    const archive = retopped(reader, (name) => renamed(name, top), options.tally);
    const send = (pieces: AsyncIterable<Buffer>): Promise<void> =>
      to.archives.unpack(plan.directory, new PassedOn(pieces, signal), {}, signal);
    await (options.sameContainer ? throughDisk(archive, send) : send(archive));
  } finally {
    body.destroy();
  }
}

/** A container cannot take an archive while it gives one, so the one waits on the disk for the other's end. */
async function throughDisk(
  archive: AsyncIterable<Buffer>,
  send: (pieces: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'quayside-copy-'));
  try {
    const file = join(directory, 'archive.tar');
    await pipeline(archive, createWriteStream(file, { mode: 0o600 }));
    await send(createReadStream(file) as AsyncIterable<Buffer>);
  } catch (error) {
    throw hostFailure(error, directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
