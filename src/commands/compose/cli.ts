import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import { findProgram } from '../../engine/auth/helpers';
import { cliEnvironment } from '../../engine/endpoint/cliEnvironment';
import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import type { ComposeOptions, ComposeRun, TargetObject } from '../../ids';
import { confirm, requireConfirmed } from '../confirm';
import type { Context, Handler } from '../deps';
import { projectFor, type Project } from './project';

type Verb = 'up' | 'pull' | 'build' | 'config';

const WORDS: Readonly<Record<Verb, readonly string[]>> = {
  up: ['up', '--detach'],
  pull: ['pull'],
  build: ['build'],
  config: ['config'],
};

export const up: Handler<'quayside.compose.up'> = (...call) => compose('up', ...call);
export const pull: Handler<'quayside.compose.pull'> = (...call) => compose('pull', ...call);
export const build: Handler<'quayside.compose.build'> = (...call) => compose('build', ...call);
export const config: Handler<'quayside.compose.config'> = (...call) => compose('config', ...call);

/** What needs the project's files, which only compose understands: `docker compose`, as a task in a terminal. */
async function compose(
  verb: Verb,
  context: Context,
  target?: TargetObject,
  options?: ComposeOptions,
): Promise<ComposeRun> {
  if (!vscode.workspace.isTrusted)
    throw new EngineError(
      'denied',
      sentence('Compose files are only used in a workspace you trust. Trust this one, then try again.'),
    );
  if (!context.fromUi) requireConfirmed(options);
  const project = await projectFor(context, target);
  await checkFiles(project);
  const docker = await findProgram('docker', project.engine.surroundings);
  if (docker === undefined)
    throw new EngineError(
      'notFound',
      sentence(
        'Compose files are read by "docker compose", which is not on this computer. Install it first.',
      ),
    );
  const words = wordsOf(verb, project);
  if (context.fromUi) await ask(words, project);
  await vscode.tasks.executeTask(taskOf(verb, project, docker, words));
  return { command: ['docker', ...words] };
}

/** The labels tell of the computer on which the project was started; that may be another one. */
async function checkFiles({ name, files, envFiles, folder }: Project): Promise<void> {
  for (const path of [folder, ...files, ...envFiles]) {
    if (
      path !== '' &&
      (await access(path).then(
        () => true,
        () => false,
      ))
    )
      continue;
    throw new EngineError(
      'notFound',
      sentence(
        'The files of the project "{0}" are not on this computer: there is no "{1}". It was started somewhere else.',
        name,
        path,
      ),
    );
  }
  if (files.length === 0)
    throw new EngineError(
      'notFound',
      sentence('The containers of the project "{0}" do not tell where its files are.', name),
    );
}

function wordsOf(verb: Verb, { name, files, envFiles, folder }: Project): string[] {
  return [
    'compose',
    `--project-name=${name}`,
    `--project-directory=${folder}`,
    ...files.map((file) => `--file=${file}`),
    ...envFiles.map((file) => `--env-file=${file}`),
    ...WORDS[verb],
  ];
}

/** A label is anybody's word: what will be run is shown first. */
async function ask(words: readonly string[], { name, folder, files }: Project): Promise<void> {
  const detail = [
    vscode.l10n.t('Its containers name these files; only run what you know.'),
    files.map((file) => `• ${file}`).join('\n'),
    vscode.l10n.t('Folder: {0}', folder),
  ].join('\n\n');
  const last = words.at(-1) === '--detach' ? 'up -d' : (words.at(-1) ?? '');
  const question = vscode.l10n.t('Run "docker compose {0}" for the project "{1}"?', last, name);
  await confirm(question, detail, vscode.l10n.t('Run'));
}

function taskOf(verb: Verb, project: Project, docker: string, words: readonly string[]): vscode.Task {
  const { engine, name, folder } = project;
  const { args, env } = engineChoice(engine);
  const options = { cwd: folder, env };
  const task = new vscode.Task(
    { type: 'quayside.compose', verb, project: name },
    vscode.TaskScope.Global,
    `compose ${verb}: ${name}`,
    'Quayside',
    new vscode.ProcessExecution(docker, [...args, ...words], options),
    [],
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true };
  return task;
}

/** By which the CLI finds the same engine; a context by a flag, for a `DOCKER_HOST` of the editor's beats a variable. */
function engineChoice({ endpoint }: Engine): { args: readonly string[]; env: Record<string, string> } {
  if (!endpoint) return { args: [], env: {} };
  const { contextName, host } = endpoint;
  return contextName === 'default'
    ? { args: [], env: cliEnvironment(endpoint) ?? { DOCKER_HOST: host } }
    : { args: ['--context', contextName], env: {} };
}
