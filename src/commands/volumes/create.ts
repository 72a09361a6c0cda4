import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled } from '../../engine/errors';
import { refuseTaken } from '../../engine/volumes/clone';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';
import { askName } from './one';

/** A volume; without a name the engine gives it one, and it counts as anonymous. */
export const create: Handler<'quayside.volumes.create'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  const title = vscode.l10n.t('Creating a volume');
  if (!context.fromUi)
    return withProgress(title, async (signal) => ({
      name: (await engine.volumes.create(options ?? {}, signal)).name,
    }));
  const asked = await ask(engine);
  await withProgress(title, async (signal) => {
    await refuseTaken(engine, asked.name, signal);
    await engine.volumes.create(asked, signal);
  });
  return { name: asked.name };
};

/** ms for an engine to say which drivers it has. */
const LONGEST = 30_000;

async function ask(engine: Engine) {
  const name = await askName(vscode.l10n.t('Name of the new volume'));
  const driver = await askDriver(engine);
  const said = await vscode.window.showInputBox({
    title: vscode.l10n.t('Driver options of {0}, or nothing', name),
    placeHolder: 'type=tmpfs device=tmpfs o=size=100m',
    prompt: vscode.l10n.t('Each as key=value, divided by blanks.'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      words(text).every((word) => word.indexOf('=') > 0)
        ? undefined
        : vscode.l10n.t('Write each option as key=value.'),
  });
  if (said === undefined) throw cancelled();
  const options = Object.fromEntries(
    words(said).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  return { name, driver, options };
}

/** One of those that the engine has; mostly that is one. */
async function askDriver(engine: Engine): Promise<string> {
  const { Plugins } = (await engine.system.info(AbortSignal.timeout(LONGEST))) as {
    Plugins?: { Volume?: readonly string[] | null };
  };
  const drivers = Plugins?.Volume ?? [];
  if (drivers.length < 2) return drivers[0] ?? 'local';
  const driver = await vscode.window.showQuickPick([...drivers], { title: vscode.l10n.t('Driver') });
  if (driver === undefined) throw cancelled();
  return driver;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
