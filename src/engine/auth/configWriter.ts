import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { configPath, readConfigJson } from '../endpoint/configFile';
import { isMissing } from '../endpoint/readFile';
import { EngineError, sentence } from '../errors';

/** config.json as an object that may be changed; what is not touched is written back as it was. */
export type ConfigJson = Record<string, unknown>;

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
    if (old && process.getuid?.() === 0) await chown(temporary, old.uid, old.gid);
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
  const path = await realpath(configPath(folder)).catch(() => configPath(folder));
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
