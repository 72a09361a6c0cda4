import { defineConfig } from 'vitest/config';

/** One project per kind of test: what each needs is said in CONTRIBUTING. */
const project = (name, extra = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], environment: 'node', ...extra },
});

/** What a real engine does takes its time. */
const rig = { globalSetup: ['test/rig/globalSetup.ts'], expect: { poll: { timeout: 15_000 } } };
/** Files that share one engine, which some of them empty. */
const oneByOne = { fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      // A hang is told all the same; a machine with other work to do is none.
      project('unit', { testTimeout: 30_000 }),
      project('engine', { ...rig, ...oneByOne, testTimeout: 30_000, hookTimeout: 60_000 }),
      project('conformance', { ...rig, ...oneByOne, testTimeout: 60_000, hookTimeout: 120_000 }),
      project('ui', {
        ...rig,
        ...oneByOne,
        globalSetup: [...rig.globalSetup, 'test/rig/extensionSetup.ts'],
        testTimeout: 300_000,
        hookTimeout: 120_000,
      }),
    ],
  },
});
