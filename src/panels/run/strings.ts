import { l10n } from 'vscode';
import type { RunStrings } from '../../protocol/run';

/** The words of the run form in the language of the editor. */
export function runStrings(): RunStrings {
  return {
    run: l10n.t('Run'),
    recreate: l10n.t('Recreate'),
    copy: l10n.t('Copy'),
    save: l10n.t('Save as Profile…'),
    line: l10n.t('The same as a command line'),
    lineHint: l10n.t('It can be changed here, or replaced by any docker run line.'),
    lineProblem: l10n.t('This line cannot be read: {0}'),
    problems: l10n.t('{0} to be corrected before it can run.'),
    add: l10n.t('Add to {0}'),
    remove: l10n.t('Remove {0}'),
    changes: l10n.t('What will change'),
    noChanges: l10n.t('Nothing yet.'),
    live: l10n.t('while it runs'),
    anew: l10n.t('with a new container in its place'),
    nothing: l10n.t('not set'),
    imageFacts: l10n.t('What the image brings'),
    notHere: l10n.t('This image is not on the engine yet: it is pulled first.'),
    publishAll: l10n.t('Publish {0}'),
    working: l10n.t('Working…'),
    copied: l10n.t('Copied.'),
  };
}
