import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import { MASK, maskValue } from '../../engine/run/commandLine/secrets';
import { runLine } from '../../engine/run/commandLine/print';
import type { RunSpec } from '../../engine/run/spec';
import { checkRunSpec } from '../../engine/run/validate';
import { STATE_KEYS, type Settings } from '../../ids';
import type { Context, Handler } from '../deps';
import { engineOf } from '../target';
import { runSpec } from './runSpec';

type Profiles = Settings['runProfiles'];

/** How many of the last runs are offered again. */
const REMEMBERED = 20;

/** Runs a profile of the settings, or one of the last runs again. */
export const runProfile: Handler<'quayside.containers.runProfile'> = async (context, options) => {
  const spec = options?.name === undefined ? await pick(context) : profileNamed(options.name);
  const checked = checkRunSpec({ ...spec, ...(options?.show === undefined ? {} : { show: options.show }) });
  return runSpec(context, engineOf(context, checked.engine), checked);
};

function profiles(): Profiles {
  return vscode.workspace.getConfiguration('quayside').get<Profiles>('runProfiles', {});
}

function profileNamed(name: string): RunSpec {
  const all = profiles();
  const found = Object.hasOwn(all, name) ? all[name] : undefined;
  if (found) return found;
  throw new EngineError(
    'notFound',
    sentence('There is no run profile named "{0}". Look at the setting "quayside.runProfiles".', name),
  );
}

async function pick({ state }: Context): Promise<RunSpec> {
  const item = (label: string, spec: RunSpec) => ({
    label,
    description: runLine(spec, { maskSecrets: true }),
    spec,
  });
  const named = Object.entries(profiles()).map(([name, spec]) => item(`$(bookmark) ${name}`, spec));
  const last = state
    .get<RunSpec[]>(STATE_KEYS.lastRuns, [])
    .map((spec) => item(`$(history) ${spec.image}`, spec));
  if (named.length + last.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no run profile yet. Fill in the run form and choose "Save as Profile".'),
    );
    throw cancelled();
  }
  const chosen = await vscode.window.showQuickPick([...named, ...last], {
    title: vscode.l10n.t('Run what?'),
    matchOnDescription: true,
  });
  if (!chosen) throw cancelled();
  return chosen.spec;
}

/** Keeps a run of the form, without what is secret in it. */
export async function remember({ state }: Context, spec: RunSpec): Promise<void> {
  const kept = withoutSecrets(spec);
  const same = JSON.stringify(kept);
  const others = state.get<RunSpec[]>(STATE_KEYS.lastRuns, []).filter((one) => JSON.stringify(one) !== same);
  await state.update(STATE_KEYS.lastRuns, [kept, ...others].slice(0, REMEMBERED));
}

/** Asks for a name and keeps it in the settings of the workspace; answers what to say. */
export async function saveProfile(spec: RunSpec): Promise<string> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name of the profile'),
    value: spec.name ?? spec.image,
    ignoreFocusOut: true,
  });
  if (name === undefined || name.trim() === '') throw cancelled();
  const kept = withoutSecrets(spec);
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const settings = vscode.workspace.getConfiguration('quayside');
  const { workspaceValue, globalValue } = settings.inspect<Profiles>('runProfiles') ?? {};
  // Those of the place it goes to alone: the user's own are not copied into the workspace.
  await settings.update(
    'runProfiles',
    { ...(inWorkspace ? workspaceValue : globalValue), [name]: kept },
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
  return kept.passEnv?.length === spec.passEnv?.length
    ? vscode.l10n.t('Saved as "{0}".', name)
    : vscode.l10n.t(
        'Saved as "{0}". Secret values are not kept: they are taken from your environment.',
        name,
      );
}

/** A variable whose value is secret is passed on from the user's environment instead. */
function withoutSecrets(spec: RunSpec): RunSpec {
  const entries = Object.entries(spec.env ?? {});
  const secret = ([name, value]: [string, string]): boolean => maskValue(name, value).includes(MASK);
  const names = entries.filter(secret).map(([name]) => name);
  if (names.length === 0) return spec;
  const env = Object.fromEntries(entries.filter((entry) => !secret(entry)));
  return { ...spec, env, passEnv: [...(spec.passEnv ?? []), ...names] };
}
