import { l10n } from 'vscode';
import type { Age } from './duration';

/** "13 minutes", for how long something has lasted; in the words and capitals of `docker ps`. */
export function durationText({ unit, count }: Age): string {
  switch (unit) {
    case 'second':
      if (count === 0) return l10n.t('Less than a second');
      return count === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', count);
    case 'minute':
      return count === 1 ? l10n.t('About a minute') : l10n.t('{0} minutes', count);
    case 'hour':
      return count === 1 ? l10n.t('About an hour') : l10n.t('{0} hours', count);
    // From here on there are always two or more: before that it is more hours, more days …
    case 'day':
      return l10n.t('{0} days', count);
    case 'week':
      return l10n.t('{0} weeks', count);
    case 'month':
      return l10n.t('{0} months', count);
    case 'year':
      return l10n.t('{0} years', count);
  }
}

/** "13 minutes ago", for when something happened. */
export function agoText({ unit, count }: Age): string {
  switch (unit) {
    case 'second':
      if (count === 0) return l10n.t('Less than a second ago');
      return count === 1 ? l10n.t('1 second ago') : l10n.t('{0} seconds ago', count);
    case 'minute':
      return count === 1 ? l10n.t('About a minute ago') : l10n.t('{0} minutes ago', count);
    case 'hour':
      return count === 1 ? l10n.t('About an hour ago') : l10n.t('{0} hours ago', count);
    case 'day':
      return l10n.t('{0} days ago', count);
    case 'week':
      return l10n.t('{0} weeks ago', count);
    case 'month':
      return l10n.t('{0} months ago', count);
    case 'year':
      return l10n.t('{0} years ago', count);
  }
}
