import path from 'node:path';
import * as vscode from 'vscode';
import type { BuildOptions } from '../../engine/build/options';
import { cancelled, EngineError, sentence, toEngineError } from '../../engine/errors';
import { TASK_TYPES } from '../../ids';
import { buildTerminal, type BuildTerminal } from '../../terminals/buildTerminal';
import type { CommandDeps } from '../deps';
import { translated } from '../report';
import { findDockerfiles } from './dockerfiles';
import { lastTag } from './remembered';
import { buildShown } from './shown';
import { optionsOfTask } from './taskOptions';
import { requireTrust } from './trust';

/** A task for each Dockerfile of the workspace; none of a workspace nobody trusts. */
export async function buildTasks(deps: CommandDeps): Promise<vscode.Task[]> {
  if (!vscode.workspace.isTrusted) return [];
  return (await findDockerfiles()).flatMap((file) => {
    const folder = vscode.workspace.getWorkspaceFolder(file);
    if (!folder) return [];
    const dockerfile = path.relative(folder.uri.fsPath, file.fsPath).split(path.sep).join('/');
    return [taskOf(deps, { type: TASK_TYPES.build, dockerfile }, folder, dockerfile)];
  });
}

/** A task of tasks.json, with what runs it. */
export function resolveBuildTask(deps: CommandDeps, { definition, scope, name }: vscode.Task): vscode.Task {
  return taskOf(deps, definition, scope ?? vscode.TaskScope.Workspace, name);
}

function taskOf(
  deps: CommandDeps,
  definition: vscode.TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
  name: string,
): vscode.Task {
  const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
  const execution = new vscode.CustomExecution((resolved) => {
    const terminal = buildTerminal(name, { task: true });
    void runTask(deps, terminal, resolved, folder);
    return Promise.resolve(terminal.options.pty);
  });
  // Which lines of the Dockerfile are at fault is told by the build itself.
  const task = new vscode.Task(definition, scope, name, 'docker build', execution, []);
  task.group = vscode.TaskGroup.Build;
  return task;
}

/** Never rejects: the terminal says what went wrong, and ends the task with an exit code. */
async function runTask(
  { engines, state }: CommandDeps,
  terminal: BuildTerminal,
  definition: vscode.TaskDefinition,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<void> {
  let options: BuildOptions & { readonly dockerfile: string };
  try {
    requireTrust();
    if (folder?.uri.scheme !== 'file')
      throw new EngineError(
        'invalid',
        sentence(
          'A build takes its files from a folder on this computer. Open one, then run the task again.',
        ),
      );
    options = optionsOfTask(definition, folder.uri.fsPath, (file, target) =>
      lastTag(state, vscode.Uri.file(file), target),
    );
    if (terminal.interrupted.aborted) throw cancelled();
  } catch (error) {
    terminal.end(translated(toEngineError(error).sentence), 1);
    return;
  }
  const dockerfile = vscode.Uri.file(options.dockerfile);
  // What went wrong stands in the terminal and on the lines of the Dockerfile.
  await buildShown(() => engines.get(), dockerfile, options, { terminal }).catch(() => undefined);
}
