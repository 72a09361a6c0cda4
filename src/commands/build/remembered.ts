import path from 'node:path';
import type * as vscode from 'vscode';
import type { BuildOptions } from '../../engine/build/options';
import { isSecretName } from '../../engine/run/commandLine/secrets';
import { STATE_KEYS } from '../../ids';
import { proposedTag } from './proposedTag';

/** What a build was told the last time. Values that may be secret are not kept, only that there were some. */
export interface LastBuild extends Omit<BuildOptions, 'dockerfile'> {
  readonly secretArgs?: readonly string[];
}

/** Of a Dockerfile. */
type Address = Pick<vscode.Uri, 'fsPath' | 'toString'>;

/** Dockerfiles that are remembered; who builds another makes room for it. */
const MOST = 50;

/** Keeps the tag that an image of this Dockerfile, or of a stage of it, was given. */
export async function rememberTag(
  state: vscode.Memento,
  dockerfile: Address,
  { tags, target }: BuildOptions,
): Promise<void> {
  const [tag] = tags ?? [];
  if (tag === undefined) return;
  await state.update(STATE_KEYS.buildTags, { ...knownTags(state), [tagKey(dockerfile, target)]: tag });
}

/** Keeps all that a build of this Dockerfile was told. */
export async function rememberBuild(
  state: vscode.Memento,
  dockerfile: Address,
  { context, tags, target, buildArgs = {}, platform, noCache, pull }: BuildOptions,
): Promise<void> {
  const names = Object.keys(buildArgs);
  const open = Object.entries(buildArgs).filter(([name]) => !isSecretName(name));
  const last: LastBuild = {
    context,
    tags,
    target,
    buildArgs: Object.fromEntries(open),
    secretArgs: names.filter(isSecretName),
    platform,
    noCache,
    pull,
  };
  const others = Object.entries(builds(state)).filter(([key]) => key !== dockerfile.toString());
  const kept = [...others, [dockerfile.toString(), last] as const].slice(-MOST);
  await state.update(STATE_KEYS.builds, Object.fromEntries(kept));
}

/** How this Dockerfile was built the last time; `undefined` when it was not. */
export function lastBuild(state: vscode.Memento, dockerfile: Address): LastBuild | undefined {
  return builds(state)[dockerfile.toString()];
}

/** The last tag of this Dockerfile, or of a stage of it; `undefined` before it was built. */
export function knownTag(state: vscode.Memento, dockerfile: Address, target?: string): string | undefined {
  return knownTags(state)[tagKey(dockerfile, target)];
}

/** The same; else one after its folder. */
export function lastTag(state: vscode.Memento, dockerfile: Address, target?: string): string {
  const name = path.basename(path.dirname(dockerfile.fsPath));
  return (
    knownTag(state, dockerfile, target) ?? proposedTag(target === undefined ? name : `${name}-${target}`)
  );
}

const knownTags = (state: vscode.Memento): Readonly<Record<string, string>> =>
  state.get<Readonly<Record<string, string>>>(STATE_KEYS.buildTags, {});

const builds = (state: vscode.Memento): Readonly<Record<string, LastBuild>> =>
  state.get<Readonly<Record<string, LastBuild>>>(STATE_KEYS.builds, {});

/** A stage on the way has a tag of its own. */
const tagKey = (dockerfile: Address, target?: string): string =>
  dockerfile.toString() + (target === undefined ? '' : `#${encodeURIComponent(target)}`);
