import * as vscode from 'vscode';
import type { Settings } from '../../ids';

type Added = Settings['engines'];

/** The engines the user added by hand. */
export function addedEngines(): Added {
  return vscode.workspace.getConfiguration('quayside').get<Added>('engines', []);
}

export async function setAddedEngines(engines: Added): Promise<void> {
  await vscode.workspace
    .getConfiguration('quayside')
    .update('engines', engines, vscode.ConfigurationTarget.Global);
}
