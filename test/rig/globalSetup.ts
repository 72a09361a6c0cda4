import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { RigEngine } from '../../scripts/rig/engine.mjs';
import { forget } from '../../scripts/rig/machine.mjs';
import type { RigRegistry } from '../../scripts/rig/registry.mjs';
import { startServices } from '../../scripts/rig/services.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    engine: RigEngine;
    registry: RigRegistry | undefined;
  }
}

let end: (() => Promise<void>) | undefined;

/** Before the first test of a run: an engine, and a registry that holds the lesson images. */
export async function setup(project: TestProject): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-rig-'));
  const { engine, registry, stop } = await startServices(folder);
  end = async () => {
    await stop();
    forget(folder);
  };
  project.provide('engine', engine);
  project.provide('registry', registry);
}

/** After the last one. */
export async function teardown(): Promise<void> {
  await end?.();
}
