import { HUB } from './address';

/**
 * Where a registry shows itself, or one of its repositories (a path in it), to people; `undefined` where nobody knows such
 * a page.
 */
export function webPage(host: string, path = ''): string | undefined {
  const parts = path.split('/').filter(Boolean).map(encodeURIComponent);
  const [first = '', second] = parts;
  const name = parts.slice(1).join('%2F');
  switch (host) {
    case HUB:
      if (first === '') return 'https://hub.docker.com/';
      if (second === undefined) return `https://hub.docker.com/u/${first}`;
      return first === 'library'
        ? `https://hub.docker.com/_/${second}`
        : `https://hub.docker.com/r/${first}/${second}`;
    case 'ghcr.io':
      if (first === '') return 'https://github.com/features/packages';
      return second === undefined
        ? `https://github.com/${first}?tab=packages`
        : `https://github.com/${first}/${second}/pkgs/container/${name}`;
    case 'quay.io':
      if (first === '') return 'https://quay.io/repository/';
      return second === undefined
        ? `https://quay.io/organization/${first}`
        : `https://quay.io/repository/${parts.join('/')}`;
    case 'registry.gitlab.com':
      if (first === '') return 'https://gitlab.com/';
      // A project may keep several images below it; the list of the first two parts has them all.
      return second === undefined
        ? `https://gitlab.com/${first}`
        : `https://gitlab.com/${first}/${second}/container_registry`;
    case 'mcr.microsoft.com':
      return parts.length === 0
        ? 'https://mcr.microsoft.com/'
        : `https://mcr.microsoft.com/artifact/mar/${parts.join('/')}`;
    default:
      return undefined;
  }
}
