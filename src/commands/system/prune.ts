import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { prune } from '../prune';

export const pruneBuildCache: Handler<'quayside.buildCache.prune'> = (context, options) =>
  prune(context, 'buildCache', options, {
    looking: vscode.l10n.t('Looking for build cache'),
    none: vscode.l10n.t('There is no build cache that is not in use.'),
    question: vscode.l10n.t('Remove this build cache?'),
    removing: vscode.l10n.t('Removing build cache'),
    done: (count) => vscode.l10n.t('Parts of the build cache removed: {0}.', count),
  });

export const pruneSystem: Handler<'quayside.system.prune'> = (context, options) =>
  prune(context, ['containers', 'networks', 'images', 'buildCache'], options, {
    looking: vscode.l10n.t('Looking for what is not in use'),
    none: vscode.l10n.t('Everything is in use.'),
    question: vscode.l10n.t('Remove these containers, networks, images and parts of the build cache?'),
    removing: vscode.l10n.t('Removing what is not in use'),
    done: (count) => vscode.l10n.t('Removed: {0}.', count),
  });
