import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import { checkReplicas } from '../../engine/swarm/serviceSpec';
import { problemOf } from '../ask';

/** A number of tasks. */
export async function askReplicas(title: string, current: number): Promise<number> {
  const answer = await vscode.window.showInputBox({
    title,
    value: String(current),
    ignoreFocusOut: true,
    validateInput: problemOf((text) => checkReplicas(numberIn(text))),
  });
  if (answer === undefined) throw cancelled();
  return checkReplicas(numberIn(answer));
}

/** What is no number stays what it is, so that the check can name it. */
function numberIn(text: string): unknown {
  const said = text.trim();
  return /^\d+$/.test(said) ? Number(said) : said;
}
