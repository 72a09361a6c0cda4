import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../esbuild.mjs';
import { buildCompanion } from '../../scripts/rig/companion.mjs';
import { stageExtension } from '../../scripts/rig/editor.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folders of the extensions that an editor under test loads: ours as it ships, and the companion. */
    extensions: { quayside: string; companion: string };
  }
}

let folder: string | undefined;

/** Before the first test of a run: the extension as it ships, built from what is in the checkout now. */
export async function setup(project: TestProject): Promise<void> {
  const root = project.config.root;
  folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-extension-'));
  const dist = path.join(folder, 'dist');
  await build({ outdir: dist, guarded: false });
  project.provide('extensions', {
    quayside: stageExtension(root, dist, path.join(folder, 'quayside')),
    companion: await buildCompanion(root, path.join(folder, 'companion')),
  });
}

/** After the last one. */
export function teardown(): void {
  if (folder) rmSync(folder, { recursive: true, force: true });
}
