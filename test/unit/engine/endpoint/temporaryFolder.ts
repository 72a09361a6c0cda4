import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder of this test file's own, with these files in it; gone when its tests are over. */
export async function temporaryFolder(files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-unit-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) await put(join(folder, name), content);
  return folder;
}

/** Write a file and the folders above it; a script can be run. */
export async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  if (content.startsWith('#!')) await chmod(path, 0o755);
}
