import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../engine/engine';
import { readConfigFile } from '../../engine/endpoint/configFile';
import { configFolder } from '../../engine/endpoint/surroundings';
import { EngineError } from '../../engine/errors';
import { createBody } from '../../engine/run/createBody';
import { withFolder } from '../../engine/run/folder';
import { parsePlatform } from '../../engine/run/platform';
import { parseImage } from '../../engine/run/reference';
import type { RunSpec } from '../../engine/run/spec';
import type { RunRequest } from '../../engine/runContainer';
import { pullImage } from '../images/pullImage';

/** Sees to it that the image is on the engine, as the pull policy of `docker run` says; `missing` is its default. */
export async function ensureImage(engine: Engine, spec: RunSpec): Promise<void> {
  const platform = spec.platform ?? engine.surroundings.env['DOCKER_DEFAULT_PLATFORM'];
  const policy = spec.pull ?? 'missing';
  // An id can only be there or not: no registry is asked by it.
  if (policy === 'never' || 'id' in parseImage(spec.image)) return;
  if (policy === 'missing' && (await isThere(engine, spec.image, platform))) return;
  await pullImage(engine, spec.image, platform);
}

/** Whether the engine has the image, for that platform when one is wanted. */
async function isThere(engine: Engine, image: string, platform: string | undefined): Promise<boolean> {
  try {
    const { Os, Architecture, Variant } = await engine.images.inspect(image);
    const own = [Os, Architecture, Variant]
      .filter((part) => typeof part === 'string' && part !== '')
      .join('/');
    return platform === undefined || platform === '' || `${own}/`.startsWith(`${parsePlatform(platform)}/`);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'notFound') return false;
    throw error;
  }
}

/** The request, with what the CLI would take from its surroundings: environment, proxies, files. */
export async function prepareRun(
  engine: Engine,
  asked: RunSpec,
  cwd: string | undefined,
): Promise<RunRequest> {
  const spec = withFolder(asked, cwd);
  const { env } = engine.surroundings;
  const { proxies } = await readConfigFile(configFolder(engine.surroundings));
  const host = engine.endpoint?.host;
  const request = await createBody(spec, {
    env,
    proxies: Object.fromEntries([...proxies].map(([address, proxy]) => [address, { ...proxy }])),
    readFile: (file, signal) => readFile(file, { signal }),
    ...(host === undefined ? {} : { host }),
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (spec.cidfile === undefined) return request;
  return { ...request, cidfile: path.resolve(cwd ?? engine.surroundings.homedir, spec.cidfile) };
}
