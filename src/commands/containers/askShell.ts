import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import type { ContainerRef } from '../ref';
import { runningContainer } from './running';
import { passwdOf, shellsOf } from './shellsOf';

/** Which shell, as which user, and where; what the container has is offered first. */
export async function askShell(
  ref: ContainerRef,
): Promise<{ readonly shell: string; readonly user: string; readonly workdir: string }> {
  const { engine } = ref;
  const { id, name, user: own, workdir } = await runningContainer(ref);
  const users = await passwdOf(engine, id);
  const title = vscode.l10n.t('Shell in {0}', name);
  const user = await choose(`${title} (1/3)`, vscode.l10n.t('User: name, number, or name:group'), [
    own || 'root',
    ...users.map((entry) => entry.name),
  ]);
  const shell = await choose(`${title} (2/3)`, vscode.l10n.t('Shell'), await shellsOf(engine, id, user));
  const home = users.find((entry) => entry.name === user)?.home ?? '';
  const folder = await choose(`${title} (3/3)`, vscode.l10n.t('Folder to begin in'), [workdir, home, '/']);
  return { shell, user, workdir: folder };
}

/** One of what is offered, or what was typed instead; the first is the answer of who only presses Enter. */
async function choose(title: string, placeholder: string, offered: readonly string[]): Promise<string> {
  const choices = [...new Set(offered)].filter(Boolean).map((label) => ({ label }));
  const box = vscode.window.createQuickPick();
  Object.assign(box, { title, placeholder, ignoreFocusOut: true, items: choices });
  box.onDidChangeValue((typed) => {
    const own = typed === '' || choices.some(({ label }) => label === typed) ? [] : [{ label: typed }];
    box.items = [...own, ...choices];
  });
  try {
    return await new Promise<string>((resolve, reject) => {
      box.onDidAccept(() => {
        const answer = box.activeItems[0]?.label ?? box.value;
        if (answer !== '') resolve(answer);
      });
      box.onDidHide(() => reject(cancelled()));
      box.show();
    });
  } finally {
    box.dispose();
  }
}
