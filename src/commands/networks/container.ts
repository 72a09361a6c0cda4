import * as vscode from 'vscode';
import type { Container } from '../../engine/model/types';
import { givenOr } from '../ask';
import type { Context } from '../deps';
import { pickContainers } from '../pick';
import { only } from '../target';

/** How to ask for the container of a connection. */
export interface ContainerQuestion {
  readonly title: string;
  readonly none: string;
  readonly eligible: (container: Container) => boolean;
}

/** The container of a connection: the one that was given, or picked. */
export function containerFor(
  context: Context,
  given: string | undefined,
  question: ContainerQuestion,
): Promise<string> {
  return givenOr(
    context,
    given,
    'container',
    async () => only(await pickContainers(context, { ...question, single: true })).id,
  );
}

/** What somebody types into a box, without the blanks around it; closing the box cancels. */
export async function askText(
  options: vscode.InputBoxOptions & { readonly title: string },
): Promise<string | undefined> {
  return (await vscode.window.showInputBox({ ignoreFocusOut: true, ...options }))?.trim();
}
