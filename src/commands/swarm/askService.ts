import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled } from '../../engine/errors';
import { parseReference } from '../../engine/run/reference';
import { serviceBody, type ServiceOptions } from '../../engine/swarm/serviceSpec';
import { problemOf } from '../ask';
import { askReplicas } from './askReplicas';

/** What a new service is to be. An engine that manages no swarm says so before anything is asked. */
export async function askService(engine: Engine): Promise<ServiceOptions & { readonly name: string }> {
  const taken = (await engine.swarm.services.list()).map(({ name }) => name);
  const { askImage } = await import('../run');
  const image = await askImage(engine, vscode.l10n.t('Create a service of which image?'));
  const name = await askName(proposedName(image), taken);
  const mode = await askMode(name);
  const ports = await askPorts(image, name);
  return { image, name, ...mode, ports };
}

/** What stands last in the image's name, without what a service's name may not have. */
function proposedName(image: string): string {
  return parseReference(image).path.replace(/^.*\//, '').replaceAll('.', '-');
}

function askName(value: string, taken: readonly string[]): Promise<string> {
  return answered({
    title: vscode.l10n.t('Name of the new service'),
    value,
    validateInput: (text) => {
      const name = text.trim();
      if (taken.includes(name))
        return vscode.l10n.t('There is a service "{0}" already. Choose another name.', name);
      return /^[a-z\d](?:[\w-]*[a-z\d])?$/i.test(name)
        ? undefined
        : vscode.l10n.t(
            'The name of a service may have letters, digits, "-" and "_", and begins and ends with a letter or a digit.',
          );
    },
  });
}

async function askMode(name: string): Promise<Pick<ServiceOptions, 'mode' | 'replicas'>> {
  const modes = [
    {
      label: vscode.l10n.t('A Number of Replicas'),
      description: vscode.l10n.t('on whichever nodes have room'),
      mode: 'replicated',
    },
    {
      label: vscode.l10n.t('On Every Node'),
      description: vscode.l10n.t('one task each, on nodes that join later too'),
      mode: 'global',
    },
  ] as const;
  const title = vscode.l10n.t('How is {0} to run?', name);
  const chosen = await vscode.window.showQuickPick(modes, { title, ignoreFocusOut: true });
  if (!chosen) throw cancelled();
  if (chosen.mode === 'global') return { mode: 'global' };
  return { replicas: await askReplicas(vscode.l10n.t('How many replicas of {0}?', name), 1) };
}

async function askPorts(image: string, name: string): Promise<readonly string[]> {
  const said = await answered({
    title: vscode.l10n.t('Ports of {0} to publish on every node, or nothing', name),
    placeHolder: '8080:80 8443:443',
    prompt: vscode.l10n.t(
      'Each as the port of the nodes, a ":" and the port of the container, divided by blanks.',
    ),
    validateInput: problemOf((text) => serviceBody({ image, ports: words(text) })),
  });
  return words(said);
}

async function answered(options: vscode.InputBoxOptions): Promise<string> {
  const answer = await vscode.window.showInputBox({ ...options, ignoreFocusOut: true });
  if (answer === undefined) throw cancelled();
  return answer.trim();
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
