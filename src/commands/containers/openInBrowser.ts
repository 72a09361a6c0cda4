import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { Port } from '../../engine/model/types';
import { webAddress } from '../../engine/webAddress';
import { containerId } from '../act';
import type { Context, Handler } from '../deps';
import { isRunning, listContainers } from '../listing';
import { report } from '../report';
import { containersOf, only } from '../target';
import { choosePort, webPorts } from './webPort';

export const openInBrowser: Handler<'quayside.containers.openInBrowser'> = async (
  context,
  target,
  options = {},
) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Open which container in the browser?'),
      none: vscode.l10n.t('No running container publishes a port.'),
      eligible: (container) => isRunning(container) && webPorts(container.ports).length > 0,
      single: true,
    }),
  );
  const id = await containerId(ref);
  const container = (await listContainers(ref.engine)).find((item) => item.id === id);
  if (!container || !isRunning(container)) {
    throw new EngineError(
      'conflict',
      sentence('The container {0} is not running. Start it first.', ref.name),
    );
  }
  const ports = webPorts(container.ports);
  const port =
    choosePort(ports, options.port) ?? (await choose(context, ports, container.name, options.port));
  const url = webAddress(port, ref.engine.endpoint?.host);
  if (url === undefined) {
    throw new EngineError(
      'invalid',
      sentence(
        'Port {0} of {1} is open to the engine’s own machine alone. Publish it with -p {0}:{2}.',
        port.publicPort ?? 0,
        container.name,
        port.privatePort,
      ),
    );
  }
  open(context, url);
  return url;
};

/** Does not wait for the browser, of which there may be none. */
function open(context: Context, url: string): void {
  vscode.env.openExternal(vscode.Uri.parse(url)).then(undefined, (error: unknown) => report(context, error));
}

async function choose(
  { fromUi }: Context,
  ports: readonly Port[],
  name: string,
  wanted: number | undefined,
): Promise<Port> {
  const [first] = ports;
  if (!first) {
    throw new EngineError(
      'invalid',
      sentence('{0} publishes no TCP port. Run it anew with one, such as -p 8080:80.', name),
    );
  }
  if (wanted !== undefined) {
    const those = ports.map(({ publicPort }) => String(publicPort)).join(', ');
    throw new EngineError(
      'notFound',
      sentence('{0} does not publish port {1}, but {2}.', name, wanted, those),
    );
  }
  if (!fromUi) return first;
  const items = ports.map((port) => ({
    label: String(port.publicPort),
    description: vscode.l10n.t('port {0} inside', port.privatePort),
    port,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open which port of {0}?', name),
  });
  if (!chosen) throw cancelled();
  return chosen.port;
}
