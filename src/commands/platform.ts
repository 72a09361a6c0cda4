import * as vscode from 'vscode';
import { parsePlatform } from '../engine/run/platform';
import { problemOf } from './ask';

const PLATFORMS = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/386',
  'linux/ppc64le',
  'linux/s390x',
  'windows/amd64',
];

/** A platform, or the engine's own; nothing when the user went back. */
export async function askPlatform(
  title: string,
  now?: string,
): Promise<{ readonly platform: string | undefined } | undefined> {
  const own = vscode.l10n.t('The engine’s own');
  const other = vscode.l10n.t('Another…');
  const chosen = await vscode.window.showQuickPick([own, ...PLATFORMS, other], { title });
  if (chosen !== other)
    return chosen === undefined ? undefined : { platform: chosen === own ? undefined : chosen };
  const platform = await vscode.window.showInputBox({
    title,
    value: now ?? '',
    placeHolder: 'linux/riscv64',
    validateInput: problemOf(parsePlatform),
  });
  return platform === undefined ? undefined : { platform };
}
