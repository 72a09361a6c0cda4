import * as vscode from 'vscode';
import type { Settings } from '../../ids';

type Added = Settings['registries'];

/** The registries the user added by hand. */
export function addedRegistries(): Added {
  return vscode.workspace.getConfiguration('quayside').get<Added>('registries', []);
}

export async function setAddedRegistries(registries: Added): Promise<void> {
  await vscode.workspace
    .getConfiguration('quayside')
    .update('registries', registries, vscode.ConfigurationTarget.Global);
}
