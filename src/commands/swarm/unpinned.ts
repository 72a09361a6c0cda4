import * as vscode from 'vscode';

/** Of a service whose image has no digest that all nodes go by. */
export function unpinned(image: string): string {
  return vscode.l10n.t(
    'No registry could say what {0} is now, so each node runs what it finds under that name. For a swarm of several nodes, push the image to a registry that all of them reach.',
    image,
  );
}
