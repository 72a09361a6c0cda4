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

  const { Engines, engineSources, Registries, watchContexts } = await import('./engine');
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
  const registries = new Registries(surroundings, async () => {
    const { registryAccess } = await import('./engine/registry/access');
    return registryAccess(engines, surroundings, setting('registryCertificates'));
  });
  const views = registerViews({ engines, registries, state, log });
  subscriptions.push(
    log,
    engines,
    registries,
    contexts,
    contexts.onDidChange(refresh),
    onSettingChange(['host', 'engines'], refresh),
    onSettingChange(['registryCertificates'], () => registries.forget()),
    views,
    registerFiles({ engines, log }),
    registerCommands({
      engines,
      registries,
      views,
      state,
      global,
      log,
      extensionUri,
      findLines: layerLines(state),
    }),
    registerDockerfile({ engines, registries, log, state }),
  );
  return createApi(engines);
}
