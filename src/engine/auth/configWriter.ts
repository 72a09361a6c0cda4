import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { configPath, readConfigJson } from '../endpoint/configFile';
import { isMissing } from '../endpoint/readFile';
import { EngineError, sentence } from '../errors';

/** As many links behind one another as systems follow. */
const LINKS = 40;

/** config.json as an object that may be changed; what is not touched is written back as it was. */
export type ConfigJson = Record<string, unknown>;

/** Where it is, be it behind links, and be it not there yet. */
async function targetOf(path: string, links = LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const link = links > 0 ? await readlink(path).catch(() => undefined) : undefined;
    return link === undefined ? path : targetOf(resolve(dirname(path), link), links - 1);
  }
}

async function replaceFile(path: string, content: string): Promise<void> {
  const old = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      // Like the CLI: whoever may read it may still read it, and nobody else.
      if (old) await file.chmod(old.mode & 0o777);
      await file.sync();
    } finally {
      await file.close();
    }
    // Who may not give it back its group lets nobody of another read it.
    if (old) await chown(temporary, old.uid, old.gid).catch(() => chmod(temporary, old.mode & 0o707));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Change config.json in one step: whoever reads meanwhile sees the old or the new file, never half of one. Made with
 * mode 0600 where there was none; a link is followed, mode and owner are kept, and so is every key we do not know.
 * Rejects as `readConfigJson` does, and with kind `denied` when it cannot be written.
 */
export async function updateConfigFile(
  folder: string,
  change: (config: ConfigJson) => void,
  signal?: AbortSignal,
): Promise<void> {
  const config: ConfigJson = { ...(await readConfigJson(folder, signal)) };
  const before = JSON.stringify(config);
  change(config);
  if (JSON.stringify(config) === before) return;
  const path = await targetOf(configPath(folder));
  await replaceFile(path, JSON.stringify(config, null, '\t')).catch((cause: unknown) => {
    throw new EngineError(
      'denied',
      sentence(
        "Docker's configuration file {0} cannot be written. Check its permissions and the free space.",
        path,
      ),
      { cause },
    );
  });
}
