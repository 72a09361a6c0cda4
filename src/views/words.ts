import { l10n } from 'vscode';
import type { Sentence } from '../engine/errors';
import { agoText, durationText } from './age';
import type { GroupBy } from './nodes';
import type { Status } from './status';
import { plain } from './text';

/** A status as `docker ps` puts it: "Exited (130) 13 minutes ago". */
export function statusText(status: Status): string {
  switch (status.kind) {
    case 'up':
      return upText(durationText(status.age), status.health);
    case 'paused':
      return l10n.t('Up {0} (Paused)', durationText(status.age));
    case 'restarting':
      return l10n.t('Restarting ({0}) {1}', status.code, agoText(status.age));
    case 'exited':
      return l10n.t('Exited ({0}) {1}', status.code, agoText(status.age));
    case 'created':
      return l10n.t('Created');
    case 'removing':
      return l10n.t('Removal In Progress');
    case 'dead':
      return l10n.t('Dead');
  }
}

function upText(duration: string, health: 'starting' | 'healthy' | 'unhealthy' | undefined): string {
  switch (health) {
    case 'healthy':
      return l10n.t('Up {0} (healthy)', duration);
    case 'unhealthy':
      return l10n.t('Up {0} (unhealthy)', duration);
    case 'starting':
      return l10n.t('Up {0} (health: starting)', duration);
    case undefined:
      return l10n.t('Up {0}', duration);
  }
}

/** A sentence of the engine layer in the user's language. */
export function sentenceText({ text, args }: Sentence): string {
  return l10n.t(text, ...args.map((arg) => plain(arg)));
}

/** What a group of containers is called. */
export function groupText(by: GroupBy, name: string): string {
  return by === 'none' ? l10n.t('Individual Containers') : plain(name);
}
