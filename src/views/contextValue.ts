import type { ModelState } from '../engine/model/liveModel';
import type { ContainerState } from '../engine/model/types';
import type { Change } from '../engine/files/changes';
import type { FileRole, GroupBy } from './nodes';

/** What the manifest's `viewItem` regexes see of a row. */
export type RowState =
  | {
      readonly kind: 'container';
      readonly state: ContainerState;
      /** A TCP port is published. */
      readonly web: boolean;
      /** It belongs to a compose project. */
      readonly compose: boolean;
    }
  | { readonly kind: 'files' | 'fileNotice' }
  | {
      readonly kind: 'file';
      readonly as: FileRole;
      /** Against the image; `undefined` for what is the same there, or where nobody knows. */
      readonly change: Change['kind'] | undefined;
    }
  | { readonly kind: 'containerGroup'; readonly by: GroupBy }
  | { readonly kind: 'image'; readonly tagged: boolean; readonly used: boolean }
  | { readonly kind: 'repository' }
  | { readonly kind: 'volumeGroup' | 'networkGroup'; readonly by: GroupBy }
  | { readonly kind: 'volume'; readonly anonymous: boolean; readonly users: readonly string[] }
  | { readonly kind: 'network'; readonly predefined: boolean }
  /** A container under a volume or a network. */
  | { readonly kind: 'volumeUser' | 'endpoint'; readonly state: ContainerState }
  | { readonly kind: 'engine'; readonly state: ModelState['kind'] }
  | { readonly kind: 'registry'; readonly added: boolean; readonly loggedIn: boolean; readonly web: boolean }
  /** `web`: it has a page for people. */
  | { readonly kind: 'registryRepository' | 'registryTag'; readonly web: boolean }
  | { readonly kind: 'registryNotice' }
  | { readonly kind: 'swarmGroup'; readonly group: 'services' | 'members' }
  | { readonly kind: 'service'; readonly mode: 'replicated' | 'global' | 'job' }
  | { readonly kind: 'task'; readonly state: string }
  | { readonly kind: 'swarmMember'; readonly role: string; readonly availability: string };

/**
 * The `contextValue` of a row; nowhere else is one written. `container;<state>;<flags>` (flags: `web`, `compose`, in that
 * order, with a comma between), `containerGroup;<by>`, `image;<tagged|dangling>;<used|unused>`, `repository`,
 * `files`, `file;<directory|file|special|deleted>;<A|C|D|nothing>`, `fileNotice`, `volumeGroup;<by>`,
 * `volume;<named|anonymous>;<used|unused>`, `volumeUser;<state>`, `networkGroup;<by>`, `network;<own|predefined>`,
 * `endpoint;<state>`, `engine;<state>`, `registry;<added|known>;<in|out>;<web|nothing>`, `registryRepository;<web|nothing>`,
 * `registryTag;<web|nothing>`, `registryNotice`, `swarmGroup;<services|members>`, `service;<replicated|global|job>`,
 * `task;<state>`, `swarmMember;<role>;<availability>`.
 */
export function contextValue(row: RowState): string {
  switch (row.kind) {
    case 'container': {
      const flags = [row.web && 'web', row.compose && 'compose'].filter((flag) => flag !== false);
      return `container;${row.state};${flags.join(',')}`;
    }
    case 'containerGroup':
      return `containerGroup;${row.by}`;
    case 'image':
      return `image;${row.tagged ? 'tagged' : 'dangling'};${row.used ? 'used' : 'unused'}`;
    case 'repository':
    case 'files':
    case 'fileNotice':
    case 'registryNotice':
      return row.kind;
    case 'file':
      return `file;${row.as};${row.change ?? ''}`;
    case 'volumeGroup':
    case 'networkGroup':
      return `${row.kind};${row.by}`;
    case 'volume':
      return `volume;${row.anonymous ? 'anonymous' : 'named'};${row.users.length > 0 ? 'used' : 'unused'}`;
    case 'network':
      return `network;${row.predefined ? 'predefined' : 'own'}`;
    case 'volumeUser':
    case 'endpoint':
      return `${row.kind};${row.state}`;
    case 'engine':
      return `engine;${row.state}`;
    case 'registry':
      return `registry;${row.added ? 'added' : 'known'};${row.loggedIn ? 'in' : 'out'};${row.web ? 'web' : ''}`;
    case 'registryRepository':
    case 'registryTag':
      return `${row.kind};${row.web ? 'web' : ''}`;
    case 'swarmGroup':
      return `swarmGroup;${row.group}`;
    case 'service':
      return `service;${row.mode}`;
    case 'task':
      return `task;${row.state}`;
    case 'swarmMember':
      return `swarmMember;${row.role};${row.availability}`;
  }
}
