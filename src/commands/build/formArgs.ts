import * as vscode from 'vscode';
import type { DeclaredArg } from '../../engine/build/choices';
import { cancelled } from '../../engine/errors';
import { isSecretName, MASK } from '../../engine/run/commandLine/secrets';
import { textOf } from './buildLine';
import type { Draft } from './form';

type Args = Readonly<Record<string, string | null>>;

/** The build arguments that the Dockerfile declares, each with its value, until the user goes back. */
export async function askArgs(draft: Draft, declared: readonly DeclaredArg[]): Promise<Draft> {
  let given: Args = draft.buildArgs ?? {};
  for (;;) {
    const names = new Set([...declared.map(({ name }) => name), ...Object.keys(given)]);
    const done = { label: `$(check) ${vscode.l10n.t('Done')}`, description: '', name: undefined };
    const items = [...names].map((name) => ({
      label: name,
      description: textOf(valueText(name, given, declared)),
      name,
    }));
    const chosen = await vscode.window.showQuickPick([...items, done], {
      title: vscode.l10n.t('Build arguments'),
      placeHolder: vscode.l10n.t('Choose the argument to give a value'),
    });
    if (chosen?.name === undefined) return { ...draft, buildArgs: given };
    const own = declared.find(({ name }) => name === chosen.name)?.value;
    const value = await askValue(chosen.name, given[chosen.name] ?? own ?? '');
    if (value === undefined) continue;
    const others = Object.entries(given).filter(([name]) => name !== chosen.name);
    // What the Dockerfile says anyway need not be said again, and follows it when it changes.
    given = Object.fromEntries(value === own ? others : [...others, [chosen.name, value]]);
  }
}

/** Values that were not kept because they may be secret; an empty one is left to the Dockerfile. */
export async function askSecrets(given: Args, names: readonly string[]): Promise<Args> {
  const all = { ...given };
  for (const name of names.filter((one) => given[one] === undefined)) {
    const value = await askValue(name, '');
    if (value === undefined) throw cancelled();
    if (value !== '') all[name] = value;
  }
  return all;
}

function valueText(name: string, given: Args, declared: readonly DeclaredArg[]): string {
  const value = given[name];
  if (value !== undefined && value !== null) return isSecretName(name) && value !== '' ? MASK : value;
  const own = declared.find((one) => one.name === name)?.value;
  return own === undefined ? vscode.l10n.t('not set') : vscode.l10n.t('{0} (the Dockerfile’s)', own);
}

function askValue(name: string, value: string): Thenable<string | undefined> {
  const secret = isSecretName(name);
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Value of {0}', name),
    value: secret ? '' : value,
    password: secret,
    ignoreFocusOut: true,
    ...(secret && {
      prompt: vscode.l10n.t(
        'It is not kept for the next build. The image’s history shows it: a RUN --mount=type=secret does not.',
      ),
    }),
  });
}
