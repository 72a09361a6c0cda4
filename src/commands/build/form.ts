import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { choicesOf, type BuildChoices } from '../../engine/build/choices';
import type { BuildOptions } from '../../engine/build/options';
import { cancelled, EngineError } from '../../engine/errors';
import { hostFailure } from '../../engine/files/hostFailure';
import { maskValue } from '../../engine/run/commandLine/secrets';
import { parseReference } from '../../engine/run/reference';
import type { Context } from '../deps';
import { buildLine, textOf } from './buildLine';
import { askArgs, askSecrets } from './formArgs';
import { askPlatform } from '../platform';
import { askContext, askTags, askTarget, placeOf } from './formQuestions';
import { lastBuild, lastTag } from './remembered';

/** What is known while the questions are asked; what it does not say is as the builder has it by itself. */
export type Draft = Omit<BuildOptions, 'dockerfile' | 'tags'> & { readonly tags: readonly string[] };

/** A row of the form; `edit` answers the draft anew, or nothing when the user went back. */
interface Item extends vscode.QuickPickItem {
  readonly edit?: () => Promise<Draft | undefined>;
  /** Build this, now. */
  readonly build?: Draft;
}

/**
 * Asks how to build a Dockerfile: one list, of which Enter takes what is proposed, and whose rows change it. It begins
 * with the answers of the last time.
 */
export async function askBuild(context: Context, dockerfile: vscode.Uri): Promise<BuildOptions> {
  const choices = choicesOf(await textOfFile(dockerfile));
  const last = lastBuild(context.state, dockerfile);
  const before: Draft | undefined = last?.tags?.[0] === undefined ? undefined : { ...last, tags: last.tags };
  const proposed: Draft = before ?? {
    context: path.dirname(dockerfile.fsPath),
    tags: [lastTag(context.state, dockerfile)],
  };
  let draft = proposed;
  for (;;) {
    const chosen = await choose(itemsOf(draft, { choices, dockerfile, before }), draft, dockerfile);
    if (!chosen) throw cancelled();
    if (chosen.build) {
      const buildArgs = await askSecrets(chosen.build.buildArgs ?? {}, last?.secretArgs ?? []);
      const { tags, context: folder, target, platform, noCache, pull } = chosen.build;
      return { context: folder, tags, target, platform, noCache, pull, buildArgs };
    }
    draft = (await chosen.edit?.()) ?? draft;
  }
}

interface Known {
  readonly choices: BuildChoices;
  readonly dockerfile: vscode.Uri;
  /** The last build of this Dockerfile. */
  readonly before: Draft | undefined;
}

function itemsOf(draft: Draft, { choices, dockerfile, before }: Known): Item[] {
  const again: Item[] = before
    ? [
        {
          label: `$(history) ${vscode.l10n.t('Build again as last time')}`,
          description: textOf(before.tags.join(' ')),
          detail: buildLine(before, dockerfile.fsPath),
          build: before,
        },
      ]
    : [];
  const now: Item = {
    label: `$(tools) ${vscode.l10n.t('Build')}`,
    description: textOf(draft.tags.join(' ')),
    detail: buildLine(draft, dockerfile.fsPath),
    build: draft,
  };
  return [
    // What was changed is what is meant now.
    ...(draft === before ? again : [now, ...again]),
    { label: vscode.l10n.t('Options'), kind: vscode.QuickPickItemKind.Separator },
    ...optionsOf(draft, choices, dockerfile),
  ];
}

function optionsOf(draft: Draft, choices: BuildChoices, dockerfile: vscode.Uri): Item[] {
  const { args, stages } = choices;
  const option = (
    icon: string,
    label: string,
    value: string,
    edit: () => Promise<Draft | undefined>,
  ): Item => ({
    label: `$(${icon}) ${label}`,
    description: textOf(value),
    edit,
  });
  const flag = (icon: string, label: string, name: 'noCache' | 'pull'): Item => {
    const on = draft[name] === true;
    const value = on ? vscode.l10n.t('on') : vscode.l10n.t('off');
    return option(icon, label, value, () => Promise.resolve({ ...draft, [name]: !on }));
  };
  const given = Object.entries(draft.buildArgs ?? {}).map(([name, value]) =>
    value === null ? name : `${name}=${maskValue(name, value)}`,
  );
  return [
    option('tag', vscode.l10n.t('Name and tag'), draft.tags.join(' '), () => askTags(draft)),
    option('folder', vscode.l10n.t('Build context'), placeOf(draft.context), () =>
      askContext(draft, dockerfile),
    ),
    ...(stages.length > 0
      ? [
          option('layers', vscode.l10n.t('Target stage'), draft.target ?? vscode.l10n.t('the last one'), () =>
            askTarget(draft, choices),
          ),
        ]
      : []),
    ...(args.length > 0 || given.length > 0
      ? [
          option(
            'symbol-variable',
            vscode.l10n.t('Build arguments'),
            given.length > 0 ? given.join(', ') : vscode.l10n.t('as the Dockerfile says'),
            () => askArgs(draft, args),
          ),
        ]
      : []),
    option(
      'circuit-board',
      vscode.l10n.t('Platform'),
      draft.platform ?? vscode.l10n.t('the engine’s own'),
      async () => ({
        ...draft,
        ...(await askPlatform(vscode.l10n.t('Build for which platform?'), draft.platform)),
      }),
    ),
    flag('circle-slash', vscode.l10n.t('Build without the cache'), 'noCache'),
    flag('cloud-download', vscode.l10n.t('Pull newer base images'), 'pull'),
  ];
}

/** One look at the list. A name that is typed is that of the image, so that nobody who knows it has to look. */
function choose(items: readonly Item[], draft: Draft, dockerfile: vscode.Uri): Promise<Item | undefined> {
  const box = vscode.window.createQuickPick<Item>();
  box.title = vscode.l10n.t('Build {0}', vscode.workspace.asRelativePath(dockerfile));
  box.placeholder = vscode.l10n.t(
    'Press Enter to build, choose what to change, or type another name and tag',
  );
  box.items = items;
  box.onDidChangeValue((typed) => {
    const name = typed.trim();
    const named: Draft = { ...draft, tags: [name] };
    box.items = isName(name)
      ? [
          {
            label: `$(tools) ${vscode.l10n.t('Build as {0}', textOf(name))}`,
            detail: buildLine(named, dockerfile.fsPath),
            alwaysShow: true,
            build: named,
          },
          ...items,
        ]
      : items;
  });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const [chosen] = box.activeItems;
      if (!chosen) return;
      resolve(chosen);
      box.dispose();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function isName(text: string): boolean {
  if (text === '') return false;
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}

/** As it is in the editor, saved or not: it is saved before it is built. */
async function textOfFile(dockerfile: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === dockerfile.toString());
  if (open) return open.getText();
  try {
    return await readFile(dockerfile.fsPath, 'utf8');
  } catch (error) {
    throw hostFailure(error, dockerfile.fsPath);
  }
}
