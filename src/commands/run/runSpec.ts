import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { runDetached, runToEnd, type Created } from '../../engine/runContainer';
import type { RunSpec } from '../../engine/run/spec';
import type { RunResult } from '../../ids';
import { detachKeysOf } from '../../terminals/detachKeys';
import { runTerminal } from '../../terminals/runTerminal';
import { webPorts } from '../containers/webPort';
import { workspaceFolder } from '../containers/copying';
import type { Context } from '../deps';
import { listContainers } from '../listing';
import { withProgress } from '../progress';
import { offer } from '../report';
import { openTerminal } from '../terminal';
import { ensureImage, prepareRun } from './prepare';

/** `docker run`: pulls what is missing, then detached, to its end, or in a terminal, as the spec says. */
export async function runSpec(context: Context, engine: Engine, spec: RunSpec): Promise<RunResult> {
  await ensureImage(engine, spec);
  if (spec.detach === true) return detached(context, engine, spec);
  return spec.show === false ? toEnd(engine, spec) : inTerminal(context, engine, spec);
}

async function detached(context: Context, engine: Engine, spec: RunSpec): Promise<RunResult> {
  const request = await prepareRun(engine, spec, workspaceFolder());
  const title = vscode.l10n.t('Starting {0}', spec.name ?? spec.image);
  const created = await withProgress(title, (signal) => runDetached(engine.requests, request, signal));
  if (context.fromUi) await tellRunning(context, engine, created);
  return created;
}

/** Nobody types, so its input is closed from the start. */
async function toEnd(engine: Engine, spec: RunSpec): Promise<RunResult> {
  const request = await prepareRun(engine, { ...spec, interactive: false }, workspaceFolder());
  const title = vscode.l10n.t('Running {0}', spec.name ?? spec.image);
  const { stdout, stderr, ...result } = await withProgress(title, (signal) =>
    runToEnd(engine.requests, request, signal),
  );
  return { ...result, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}

async function inTerminal(context: Context, engine: Engine, spec: RunSpec): Promise<RunResult> {
  const request = await prepareRun(engine, spec, workspaceFolder());
  const keys = await detachKeysOf(engine, spec.detachKeys);
  const name = spec.name ?? spec.image;
  const left = (id: string): void => {
    const target = { id, engine: engine.name };
    offer(context, 'info', vscode.l10n.t('{0} goes on running without its terminal.', name), [
      { title: vscode.l10n.t('Attach'), run: () => execute('quayside.containers.attach', target) },
      { title: vscode.l10n.t('Stop'), run: () => execute('quayside.containers.stop', target) },
    ]);
  };
  const { options, started } = runTerminal(engine, request, { name, keys, left });
  openTerminal(options);
  return started;
}

/** Says that it runs, and offers what one does next. */
async function tellRunning(context: Context, engine: Engine, { id, warnings }: Created): Promise<void> {
  for (const warning of warnings) context.log.warn(warning);
  const container = (await listContainers(engine)).find((item) => item.id === id);
  // It ran so shortly that it is removed again.
  if (!container) return;
  const target = { id, engine: engine.name };
  const { name, state, exitCode } = container;
  const running = state === 'running';
  const web = running && webPorts(container.ports).length > 0;
  const said = running
    ? vscode.l10n.t('{0} is running.', name)
    : vscode.l10n.t('{0} has ended already, with exit code {1}.', name, exitCode ?? 0);
  offer(context, running || exitCode === 0 ? 'info' : 'warning', said, [
    ...(web
      ? [
          {
            title: vscode.l10n.t('Open in Browser'),
            run: () => execute('quayside.containers.openInBrowser', target),
          },
        ]
      : []),
    { title: vscode.l10n.t('Show Logs'), run: () => execute('quayside.containers.logs', target) },
  ]);
}

function execute(id: string, target: { id: string; engine: string }): Thenable<unknown> {
  return vscode.commands.executeCommand(id, target);
}
