import { existsSync } from 'node:fs';
import process from 'node:process';
import { l10n } from 'vscode';
import type { Handler } from '../deps';
import { startCommand } from './startCommand';
import { typeIntoTerminal } from './typeIntoTerminal';

/** Starting a service needs the user's password, or at least their word: the line is typed, they press Enter. */
export const startService: Handler<'quayside.remedies.startService'> = (context) => {
  typeIntoTerminal(
    l10n.t('Start Docker'),
    startCommand(context.engines.shown[0]?.endpoint?.host ?? '', {
      platform: process.platform,
      systemd: existsSync('/run/systemd/system'),
      root: process.getuid?.() === 0,
    }),
  );
  return Promise.resolve();
};
