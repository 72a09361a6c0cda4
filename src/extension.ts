import os from 'node:os';
import * as vscode from 'vscode';
import { createApi, type QuaysideApi } from './api';
import { registerCommands } from './commands';
import { layerLines, registerDockerfile } from './dockerfile/register';
import { registerFiles } from './files';
import { STATE_KEYS } from './ids';
import { onSettingChange, setting } from './settings';
import { registerViews } from './views';

/** The composition root: builds the parts, hands each what it needs, and returns the public API. */
export async function activate(context: vscode.ExtensionContext): Promise<QuaysideApi> {
  const log = vscode.window.createOutputChannel('Quayside', { log: true });
  const { workspaceState: state, globalState: global, extensionUri, subscriptions } = context;

  const { Engines, engineSources, watchContexts } = await import('./engine');
  const surroundings = { env: process.env, homedir: os.homedir(), platform: process.platform };
  const settings = () => ({
    host: setting('host'),
    engines: setting('engines'),
    chosen: state.get<string[]>(STATE_KEYS.chosenEngines, []),
  });
  const engines = new Engines(engineSources(settings, surroundings));
  await engines.refresh();

  const refresh = (): void => {
    engines.refresh().catch((error: unknown) => log.error(String(error)));
  };
  const contexts = watchContexts(surroundings);
  const views = registerViews({ engines, state, log });
  subscriptions.push(
    log,
    engines,
    contexts,
    contexts.onDidChange(refresh),
    onSettingChange(['host', 'engines'], refresh),
    views,
    registerFiles({ engines, log }),
    registerCommands({ engines, views, state, global, log, extensionUri, findLines: layerLines(state) }),
    registerDockerfile({ engines, log, state }),
  );
  return createApi(engines);
}
