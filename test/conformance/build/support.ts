import { execFile } from 'node:child_process';
import path from 'node:path';
import { EngineError } from '../../../src/engine/errors';
import { Engine } from '../../../src/engine/engine';
import type { BuildOptions } from '../../../src/engine/build/options';
import type { Cli } from '../support/clis';
import type { BuildRecorder, RecordedBuild } from './recorder';

/** Where a build is called from. */
export interface Around {
  readonly recorder: BuildRecorder;
  /** The context, and the working directory of the CLI. */
  readonly root: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of config.json. */
  readonly config?: string;
}

/** What the classic builder of a CLI sends for `docker build ARGS .`; nothing when it refuses. */
export async function sentByCli(
  cli: Cli,
  { recorder, root, env = {}, config = path.join(root, 'no-config') }: Around,
  args: readonly string[] = [],
): Promise<RecordedBuild | undefined> {
  const surroundings = {
    HOME: root,
    PATH: process.env['PATH'],
    DOCKER_HOST: recorder.host,
    DOCKER_CONFIG: config,
    DOCKER_BUILDKIT: '0',
    ...env,
  };
  await new Promise((resolve) => {
    execFile(cli.path, ['build', ...args, '.'], { env: surroundings, cwd: root }, resolve);
  });
  return recorder.take()[0];
}

/** What we send; rejects when we refuse. */
export async function sentByUs(
  { recorder, root, env = {}, config = path.join(root, 'no-config') }: Around,
  options: Partial<BuildOptions> = {},
): Promise<RecordedBuild | undefined> {
  const { host } = recorder;
  const engine = new Engine(
    'test',
    () => Promise.resolve({ source: 'added', contextName: 'default', host }),
    {
      env: { ...env, DOCKER_CONFIG: config, DOCKER_BUILDKIT: '0' },
      homedir: root,
      platform: process.platform,
    },
  );
  try {
    await engine.build.run({ context: root, ...options });
  } catch (error) {
    if (!(error instanceof EngineError && error.message.includes('recorded'))) throw error;
  } finally {
    engine.dispose();
  }
  return recorder.take()[0];
}
