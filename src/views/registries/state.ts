import { l10n } from 'vscode';
import type { EngineError } from '../../engine/errors';
import { registryTitle } from '../../engine/registry/address';
import type { KnownRegistry } from '../../engine/registry/known';
import { parseReference } from '../../engine/run/reference';
import type { RegistryNoticeNode } from '../nodes';
import { sentenceText } from '../words';
import type { Repositories } from './content';

/** What is known of a registry: nothing before its row was unfolded. */
export interface RegistryState {
  readonly known: KnownRegistry;
  content?: Repositories;
  failure?: EngineError;
}

/** The same of a repository. */
export interface RepositoryState {
  readonly host: string;
  /** In the registry. */
  readonly path: string;
  tags?: readonly string[];
  /** How many of them are shown. */
  shown: number;
  failure?: EngineError;
}

/** How many tags are shown at first, and how many more each time. */
export const TAGS = 30;

/** Registry and path in it of an image's name. */
export function splitName(name: string): { host: string; path: string } {
  const { domain, path } = parseReference(name);
  return { host: domain, path };
}

/** The path of a name that is in that registry; `undefined` for others, and for what an engine calls a name and is none. */
export function pathIn(name: string, host: string): string | undefined {
  try {
    const found = splitName(name);
    return found.host === host ? found.path : undefined;
  } catch {
    return undefined;
  }
}

export function isInside(path: string, namespace: string): boolean {
  return namespace === '' || path === namespace || path.startsWith(`${namespace}/`);
}

/** What a row says that is no thing, under a registry or under one of its repositories. */
export function noticeText(
  what: RegistryNoticeNode['what'],
  { registry, repository }: { registry: RegistryState | undefined; repository: RepositoryState | undefined },
): string {
  switch (what) {
    case 'said': {
      const failure = (repository ?? registry)?.failure;
      if (failure) return sentenceText(failure.sentence);
      if (repository) return l10n.t('No tags');
      return registry?.content?.listed === true
        ? l10n.t('No repositories yet')
        : l10n.t('{0} does not list its repositories', registryTitle(registry?.known.host ?? ''));
    }
    case 'retry':
      return l10n.t('Try Again');
    case 'login':
      return l10n.t('Log In…');
    case 'open':
      return l10n.t('Open Repository by Name…');
    case 'more':
      return repository?.tags
        ? l10n.t('Load More ({0} of {1} are shown)', repository.shown, repository.tags.length)
        : l10n.t('Load More');
  }
}
