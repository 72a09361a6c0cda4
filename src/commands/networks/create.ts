import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import { problemOf } from '../ask';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';
import { checkAddress, checkSubnet } from './address';
import { askText } from './container';

/** ms for an engine to say which drivers it has. */
const LONGEST = 30_000;

export const create: Handler<'quayside.networks.create'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (!context.fromUi) {
    if (!options?.name) throw new EngineError('invalid', sentence('The option "{0}" is missing.', 'name'));
    const id = await withProgress(vscode.l10n.t('Creating {0}', options.name), (signal) =>
      engine.networks.create(options, signal),
    );
    return { id, name: options.name };
  }
  const asked = await ask(engine);
  const id = await withProgress(vscode.l10n.t('Creating {0}', asked.name), (signal) =>
    engine.networks.create(asked, signal),
  );
  return { id, name: asked.name };
};

type Wanted = Parameters<Engine['networks']['create']>[0];

async function ask(engine: Engine): Promise<Wanted> {
  const name = await answered({
    title: vscode.l10n.t('Name of the new network'),
    placeHolder: 'backend',
    validateInput: (text) =>
      /^[a-zA-Z0-9][\w.-]*$/.test(text.trim())
        ? undefined
        : vscode.l10n.t('Use letters, digits, "_", "." and "-", and begin with a letter or a digit.'),
  });
  const driver = await askDriver(engine);
  const subnet = await answered({
    title: vscode.l10n.t('Address range of {0}, or nothing for one the engine chooses', name),
    placeHolder: '172.30.0.0/16',
    validateInput: problemOf((text) => checkSubnet(text.trim())),
  });
  const gateway =
    subnet === ''
      ? ''
      : await answered({
          title: vscode.l10n.t('Gateway of {0}, or nothing for the first address of {1}', name, subnet),
          placeHolder: subnet.replace(/\d+\/\d+$/, '1'),
          validateInput: problemOf((text) => checkAddress(text.trim())),
        });
  const traits = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Internal'), description: vscode.l10n.t('no way out of it'), trait: 'internal' },
      {
        label: vscode.l10n.t('Attachable'),
        description: vscode.l10n.t('containers may join a network of services'),
        trait: 'attachable',
      },
      { label: 'IPv6', description: vscode.l10n.t('IPv6 addresses too'), trait: 'ipv6' },
    ] as const,
    { title: vscode.l10n.t('What {0} is to be', name), canPickMany: true, ignoreFocusOut: true },
  );
  if (!traits) throw cancelled();
  return {
    name,
    driver,
    ...(subnet !== '' && { subnet }),
    ...(gateway !== '' && { gateway }),
    ...Object.fromEntries(traits.map(({ trait }) => [trait, true])),
  };
}

/** One of those that the engine has. */
async function askDriver(engine: Engine): Promise<string> {
  const { Plugins } = (await engine.system.info(AbortSignal.timeout(LONGEST))) as {
    Plugins?: { Network?: readonly string[] | null };
  };
  // The host's network and none are there already, and cannot be made twice.
  const drivers = (Plugins?.Network ?? []).filter((driver) => driver !== 'host' && driver !== 'null');
  const sorted = ['bridge', ...drivers.filter((driver) => driver !== 'bridge')];
  const driver = await vscode.window.showQuickPick(sorted, { title: vscode.l10n.t('Driver') });
  if (driver === undefined) throw cancelled();
  return driver;
}

async function answered(options: Parameters<typeof askText>[0]): Promise<string> {
  const answer = await askText(options);
  if (answer === undefined) throw cancelled();
  return answer;
}
