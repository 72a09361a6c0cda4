import { defineConfig } from 'vitest/config';

/** One project per kind of test: what each needs is said in CONTRIBUTING. */
const project = (name, extra = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], environment: 'node', ...extra },
});

/** What a real engine does takes its time, and several times as long on a machine with other work to do. */
const rig = { globalSetup: ['test/rig/globalSetup.ts'], expect: { poll: { timeout: 60_000 } } };
/** Files that share one engine, which some of them empty. */
const oneByOne = { fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      // A hang is told all the same; a machine with other work to do is none.
      project('unit', { testTimeout: 30_000 }),
      project('engine', { ...rig, ...oneByOne, testTimeout: 120_000, hookTimeout: 120_000 }),
      project('conformance', { ...rig, ...oneByOne, testTimeout: 180_000, hookTimeout: 300_000 }),
      project('ui', {
        ...rig,
        ...oneByOne,
        globalSetup: [...rig.globalSetup, 'test/rig/extensionSetup.ts'],
        testTimeout: 600_000,
        hookTimeout: 300_000,
      }),
    ],
  },
});
