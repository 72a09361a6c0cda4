import * as vscode from 'vscode';
import type { BaseImages } from '../baseImages';
import type { DockerfileDeps } from '../register';
import { registerColours } from './colours';
import { registerEngineHints } from './engineHints';
import { registerFormatting } from './formatting';
import { registerHelp } from './help';
import { registerHovers } from './hovers';
import { LiveEngine } from './liveEngine';
import { registerNaming } from './naming';
import { registerStructure } from './structure';

/** What makes reading and writing a Dockerfile easy, besides the checks: each feature is thin, over the model. */
export function registerLanguage({ engines, state }: DockerfileDeps, images: BaseImages): vscode.Disposable {
  const live = new LiveEngine(engines);
  return vscode.Disposable.from(
    live,
    registerStructure(),
    registerNaming(),
    registerColours(),
    registerFormatting(),
    registerHelp(),
    registerHovers(images, live),
    registerEngineHints(live, state),
  );
}
