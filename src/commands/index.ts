import * as vscode from 'vscode';
import { toEngineError } from '../engine/errors';
import { TASK_TYPES, type CommandId } from '../ids';
import { parseCall, parseTargetlessCall, type Call } from './call';
import type { CommandDeps, Context, Handler } from './deps';
import { DOCUMENT_SCHEME, documentChanged } from './documents/scheme';

const building = () => import('./build');
const compose = () => import('./compose');
const containers = () => import('./containers');
const engines = () => import('./engines');
const files = () => import('./files');
const images = () => import('./images');
const registries = () => import('./registries');
const remedies = () => import('./remedies');
const networks = () => import('./networks');
const run = () => import('./run');
const swarm = () => import('./swarm');
const system = () => import('./system');
const views = () => import('./views');
const volumes = () => import('./volumes');

/** Every command and where its work is; a room is loaded when a command of it is first called. */
const HANDLERS: { readonly [Id in CommandId]: () => Promise<Handler<Id>> } = {
  'quayside.containers.run': async () => (await run()).run,
  'quayside.containers.runForm': async () => (await run()).runForm,
  'quayside.containers.runProfile': async () => (await run()).runProfile,
  'quayside.containers.recreate': async () => (await run()).recreate,
  'quayside.containers.duplicate': async () => (await run()).duplicate,
  'quayside.containers.copyRunCommand': async () => (await run()).copyRunCommand,
  'quayside.containers.start': async () => (await containers()).start,
  'quayside.containers.stop': async () => (await containers()).stop,
  'quayside.containers.restart': async () => (await containers()).restart,
  'quayside.containers.pause': async () => (await containers()).pause,
  'quayside.containers.unpause': async () => (await containers()).unpause,
  'quayside.containers.kill': async () => (await containers()).kill,
  'quayside.containers.remove': async () => (await containers()).remove,
  'quayside.containers.removeAll': async () => (await containers()).removeAll,
  'quayside.containers.stopAll': async () => (await containers()).stopAll,
  'quayside.containers.rename': async () => (await containers()).rename,
  'quayside.containers.inspect': async () => (await containers()).inspect,
  'quayside.containers.details': async () => (await containers()).details,
  'quayside.containers.showExit': async () => (await containers()).showExit,
  'quayside.containers.top': async () => (await containers()).top,
  'quayside.containers.stats': async () => (await containers()).stats,
  'quayside.containers.logs': async () => (await containers()).logs,
  'quayside.containers.exec': async () => (await containers()).exec,
  'quayside.containers.shell': async () => (await containers()).shell,
  'quayside.containers.shellAs': async () => (await containers()).shellAs,
  'quayside.containers.debugShell': async () => (await containers()).debugShell,
  'quayside.containers.attach': async () => (await containers()).attach,
  'quayside.containers.copy': async () => (await containers()).copy,
  'quayside.containers.copyTo': async () => (await containers()).copyTo,
  'quayside.containers.copyFrom': async () => (await containers()).copyFrom,
  'quayside.containers.diff': async () => (await containers()).diff,
  'quayside.containers.commit': async () => (await containers()).commit,
  'quayside.containers.export': async () => (await containers()).exportFiles,
  'quayside.containers.update': async () => (await containers()).update,
  'quayside.containers.openInBrowser': async () => (await containers()).openInBrowser,
  'quayside.containers.prune': async () => (await containers()).pruneContainers,
  'quayside.files.open': async () => (await files()).open,
  'quayside.files.newFile': async () => (await files()).newFile,
  'quayside.files.newFolder': async () => (await files()).newFolder,
  'quayside.files.rename': async () => (await files()).rename,
  'quayside.files.delete': async () => (await files()).remove,
  'quayside.files.upload': async () => (await files()).upload,
  'quayside.files.download': async () => (await files()).download,
  'quayside.files.copyPath': async () => (await files()).copyPath,
  'quayside.files.goToPath': async () => (await files()).goToPath,
  'quayside.files.refresh': async () => (await files()).refresh,
  'quayside.files.addToWorkspace': async () => (await files()).addToWorkspace,
  'quayside.files.compareWithImage': async () => (await files()).compareWithImage,
  'quayside.images.build': async () => (await building()).build,
  'quayside.images.buildContext': async () => (await building()).buildContext,
  'quayside.images.pull': async () => (await registries()).pull,
  'quayside.images.runForm': async () => (await run()).imageForm,
  'quayside.images.run': async () => (await run()).runImage,
  'quayside.images.runInteractive': async () => (await run()).runInteractive,
  'quayside.images.push': async () => (await registries()).push,
  'quayside.images.checkUpdate': async () => (await registries()).checkUpdate,
  'quayside.images.stageShell': async () => (await run()).stageShell,
  'quayside.images.save': async () => (await images()).save,
  'quayside.images.load': async () => (await images()).load,
  'quayside.images.import': async () => (await images()).importFiles,
  'quayside.images.tag': async () => (await images()).tag,
  'quayside.images.remove': async () => (await images()).remove,
  'quayside.images.inspect': async () => (await images()).inspect,
  'quayside.images.layers': async () => (await images()).layers,
  'quayside.images.compare': async () => (await images()).compare,
  'quayside.images.history': async () => (await images()).history,
  'quayside.images.copy': async () => (await images()).copy,
  'quayside.images.prune': async () => (await images()).pruneImages,
  'quayside.volumes.create': async () => (await volumes()).create,
  'quayside.volumes.remove': async () => (await volumes()).remove,
  'quayside.volumes.inspect': async () => (await volumes()).inspect,
  'quayside.volumes.browse': async () => (await files()).browseVolume,
  'quayside.volumes.showSizes': async () => (await volumes()).showSizes,
  'quayside.volumes.copy': async () => (await volumes()).copy,
  'quayside.volumes.copyTo': async () => (await volumes()).copyTo,
  'quayside.volumes.copyFrom': async () => (await volumes()).copyFrom,
  'quayside.volumes.backup': async () => (await volumes()).backup,
  'quayside.volumes.restore': async () => (await volumes()).restore,
  'quayside.volumes.clone': async () => (await volumes()).clone,
  'quayside.volumes.empty': async () => (await volumes()).empty,
  'quayside.volumes.prune': async () => (await volumes()).pruneVolumes,
  'quayside.networks.create': async () => (await networks()).create,
  'quayside.networks.remove': async () => (await networks()).remove,
  'quayside.networks.inspect': async () => (await networks()).inspect,
  'quayside.networks.connect': async () => (await networks()).connect,
  'quayside.networks.disconnect': async () => (await networks()).disconnect,
  'quayside.networks.copy': async () => (await networks()).copy,
  'quayside.networks.prune': async () => (await networks()).pruneNetworks,
  'quayside.registries.add': async () => (await registries()).add,
  'quayside.registries.remove': async () => (await registries()).remove,
  'quayside.registries.login': async () => (await registries()).login,
  'quayside.registries.logout': async () => (await registries()).logout,
  'quayside.registries.refresh': async () => (await registries()).refresh,
  'quayside.registries.click': async () => (await registries()).click,
  'quayside.registries.openRepository': async () => (await registries()).openRepository,
  'quayside.registries.pullTag': async () => (await registries()).pullTag,
  'quayside.registries.copyReference': async () => (await registries()).copyReference,
  'quayside.registries.deleteTag': async () => (await registries()).deleteTag,
  'quayside.registries.openInBrowser': async () => (await registries()).openInBrowser,
  'quayside.buildCache.prune': async () => (await system()).pruneBuildCache,
  'quayside.system.prune': async () => (await system()).pruneSystem,
  'quayside.system.planPrune': async () => (await system()).planPrune,
  'quayside.engines.diskUsage': async () => (await engines()).diskUsage,
  'quayside.engines.events': async () => (await engines()).events,
  'quayside.compose.down': async () => (await compose()).down,
  'quayside.compose.up': async () => (await compose()).up,
  'quayside.compose.pull': async () => (await compose()).pull,
  'quayside.compose.build': async () => (await compose()).build,
  'quayside.compose.config': async () => (await compose()).config,
  'quayside.swarm.init': async () => (await swarm()).init,
  'quayside.swarm.leave': async () => (await swarm()).leave,
  'quayside.swarm.copyJoinCommand': async () => (await swarm()).copyJoinCommand,
  'quayside.swarm.services.create': async () => (await swarm()).create,
  'quayside.swarm.services.scale': async () => (await swarm()).scale,
  'quayside.swarm.services.update': async () => (await swarm()).update,
  'quayside.swarm.services.rollback': async () => (await swarm()).rollback,
  'quayside.swarm.services.remove': async () => (await swarm()).remove,
  'quayside.swarm.services.inspect': async () => (await swarm()).inspect,
  'quayside.swarm.services.logs': async () => (await swarm()).logs,
  'quayside.swarm.nodes.inspect': async () => (await swarm()).inspectNode,
  'quayside.swarm.nodes.update': async () => (await swarm()).updateNode,
  'quayside.engines.use': async () => (await engines()).use,
  'quayside.engines.add': async () => (await engines()).add,
  'quayside.engines.forget': async () => (await engines()).forget,
  'quayside.engines.inspect': async () => (await engines()).inspect,
  'quayside.engines.reconnect': async () => (await engines()).reconnect,
  'quayside.remedies.startService': async () => (await remedies()).startService,
  'quayside.remedies.joinGroup': async () => (await remedies()).joinGroup,
  'quayside.remedies.useSocket': async () => (await remedies()).useSocket,
  'quayside.log.show': async () => (await remedies()).showLog,
  'quayside.views.filter': async () => (await views()).filter,
  'quayside.views.clearFilter': async () => (await views()).clearFilter,
  'quayside.views.groupBy': async () => (await views()).groupBy,
  'quayside.views.refresh': async () => (await views()).refresh,
  'quayside.views.click': async () => (await views()).click,
};

/** The views whose selection the manifest's keybindings mean, by `selection:<view>` as their argument. */
const SELECTIONS = ['containers', 'images', 'volumes', 'networks'] as const;

/** What the keys of the Containers view mean on a row of its files. */
const ON_FILES: Readonly<Partial<Record<string, CommandId>>> = {
  'quayside.containers.remove': 'quayside.files.delete',
  'quayside.containers.rename': 'quayside.files.rename',
};

/** Those that act on an engine, on the views, or on what they are told to make. */
const TARGETLESS: ReadonlySet<string> = new Set<CommandId>([
  'quayside.containers.run',
  'quayside.containers.runForm',
  'quayside.containers.runProfile',
  'quayside.containers.removeAll',
  'quayside.containers.stopAll',
  'quayside.containers.prune',
  'quayside.images.build',
  'quayside.images.buildContext',
  'quayside.images.stageShell',
  'quayside.images.pull',
  'quayside.images.load',
  'quayside.images.import',
  'quayside.images.prune',
  'quayside.volumes.create',
  'quayside.volumes.prune',
  'quayside.networks.create',
  'quayside.networks.prune',
  'quayside.buildCache.prune',
  'quayside.system.prune',
  'quayside.system.planPrune',
  'quayside.engines.diskUsage',
  'quayside.engines.events',
  'quayside.registries.add',
  'quayside.swarm.init',
  'quayside.swarm.leave',
  'quayside.swarm.copyJoinCommand',
  'quayside.swarm.services.create',
  'quayside.engines.use',
  'quayside.engines.add',
  'quayside.engines.forget',
  'quayside.engines.inspect',
  'quayside.engines.reconnect',
  'quayside.views.filter',
  'quayside.views.groupBy',
]);

/** Registers every command, the documents that some of them open, the terminal profile, and the tasks. */
export function registerCommands(deps: CommandDeps): vscode.Disposable {
  const documents = vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, {
    onDidChange: documentChanged.event,
    provideTextDocumentContent: async (uri) =>
      (await import('./documents/make')).makeDocument(deps.engines, uri),
  });
  const profile = vscode.window.registerTerminalProfileProvider('quayside.containerShell', {
    provideTerminalProfile: () =>
      perform(
        deps,
        async () => (await containers()).shellProfile,
        parseCall([]),
      ) as Promise<vscode.TerminalProfile>,
  });
  const tasks = vscode.tasks.registerTaskProvider(TASK_TYPES.build, {
    provideTasks: async () => (await building()).buildTasks(deps),
    resolveTask: async (task) => (await building()).resolveBuildTask(deps, task),
  });
  const commands = Object.entries(HANDLERS).map(([id, load]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      const call = (TARGETLESS.has(id) ? parseTargetlessCall : parseCall)(await onSelection(deps, args));
      const onFile = /^files?$/.test(call.nodes[0]?.kind ?? '') ? ON_FILES[id] : undefined;
      return perform(deps, onFile ? HANDLERS[onFile] : load, call);
    }),
  );
  return vscode.Disposable.from(documents, profile, tasks, ...commands);
}

/** A keybinding of ours names no row: it means those that are selected. */
async function onSelection({ views }: CommandDeps, args: unknown[]): Promise<unknown[]> {
  const view = SELECTIONS.find((name) => args[0] === `selection:${name}`);
  if (!view) return args;
  const [first, ...others] = await views.selectionIn(view);
  return first ? [first, [first, ...others]] : [];
}

/** What was called from the UI is told there and answers nothing when it fails; other callers get the error. */
async function perform(
  deps: CommandDeps,
  load: () => Promise<unknown>,
  { args, ...call }: Call,
): Promise<unknown> {
  try {
    const handler = (await load()) as (context: Context, ...args: unknown[]) => Promise<unknown>;
    return await handler({ ...deps, ...call }, ...args);
  } catch (error) {
    if (!call.fromUi) throw toEngineError(error);
    const { report } = await import('./report');
    report(deps, error, () => perform(deps, load, { args, ...call }));
    return undefined;
  }
}
