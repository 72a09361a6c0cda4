/**
 * What a tree row stands for, as plain data. A node names its object and carries no state of it, so its id stays the
 * same while the object changes; what is shown is read from the model when the row is drawn.
 */
export type Node =
  | EngineNode
  | ContainerGroupNode
  | ContainerNode
  | FilesNode
  | FileNode
  | FileNoticeNode
  | RepositoryNode
  | ImageNode
  | StorageGroupNode
  | VolumeNode
  | VolumeUserNode
  | NetworkNode
  | EndpointNode
  | RegistryNode
  | RegistryRepositoryNode
  | RegistryTagNode
  | RegistryNoticeNode
  | SwarmGroupNode
  | ServiceNode
  | TaskNode
  | SwarmMemberNode;

/** How containers, volumes and networks are grouped. */
export type GroupBy = 'compose' | 'stack' | 'none';

/** One engine, a root when several are shown. */
export interface EngineNode {
  readonly kind: 'engine';
  readonly engine: string;
}

/** A compose project, a Swarm stack, or what is left over. */
export interface ContainerGroupNode {
  readonly kind: 'containerGroup';
  readonly engine: string;
  readonly by: GroupBy;
  /** Of the project or stack; for what is left over, how the others are grouped. */
  readonly name: string;
}

export interface ContainerNode {
  readonly kind: 'container';
  readonly engine: string;
  /** The full id. */
  readonly id: string;
}

/** The root of a container's files. */
export interface FilesNode {
  readonly kind: 'files';
  readonly engine: string;
  /** The container's full id. */
  readonly id: string;
}

export interface FileNode {
  readonly kind: 'file';
  readonly engine: string;
  /** The container's full id. */
  readonly id: string;
  readonly path: string;
  /** What can be done with it; a link counts as what it leads to. */
  readonly as: FileRole;
}

/** `special`: a device, a pipe, a link that leads nowhere; `deleted`: only the image has it. */
export type FileRole = 'directory' | 'file' | 'special' | 'deleted';

/** Why a directory does not show everything, or nothing. */
export interface FileNoticeNode {
  readonly kind: 'fileNotice';
  readonly engine: string;
  readonly id: string;
  /** Of the directory. */
  readonly path: string;
}

/** All tags of one repository. */
export interface RepositoryNode {
  readonly kind: 'repository';
  readonly engine: string;
  /** Without a tag; `NO_REPOSITORY` for the images that have none. */
  readonly name: string;
}

export interface ImageNode {
  readonly kind: 'image';
  readonly engine: string;
  /** What commands act on: the tag, or the image's id when it has none. */
  readonly id: string;
  readonly imageId: string;
}

/** The volumes or networks of a compose project or a Swarm stack, or what is left over. */
export interface StorageGroupNode {
  readonly kind: 'volumeGroup' | 'networkGroup';
  readonly engine: string;
  readonly by: GroupBy;
  /** As in a group of containers. */
  readonly name: string;
}

export interface VolumeNode {
  readonly kind: 'volume';
  readonly engine: string;
  /** Its name. */
  readonly id: string;
}

/** A container that uses a volume, under it. */
export interface VolumeUserNode {
  readonly kind: 'volumeUser';
  readonly engine: string;
  /** The container's full id. */
  readonly id: string;
  readonly volume: string;
}

export interface NetworkNode {
  readonly kind: 'network';
  readonly engine: string;
  /** The full id. */
  readonly id: string;
}

/** A container that is connected to a network, under it. */
export interface EndpointNode {
  readonly kind: 'endpoint';
  readonly engine: string;
  /** The container's full id. */
  readonly id: string;
  /** The network's. */
  readonly network: string;
}

/** A registry of the user's. It is no engine's: `engine` is empty, as with all that is under it. */
export interface RegistryNode {
  readonly kind: 'registry';
  readonly engine: '';
  /** Its address, with the namespace that is meant. */
  readonly id: string;
}

export interface RegistryRepositoryNode {
  readonly kind: 'registryRepository';
  readonly engine: '';
  /** As in an image's name: `nginx`, `localhost:5000/team/app`. */
  readonly id: string;
  /** The address of the registry it stands under. */
  readonly registry: string;
}

export interface RegistryTagNode {
  readonly kind: 'registryTag';
  readonly engine: '';
  /** `localhost:5000/team/app:1.0` */
  readonly id: string;
  readonly registry: string;
}

/** A row that says something of what it stands under, or offers what to do about it. */
export interface RegistryNoticeNode {
  readonly kind: 'registryNotice';
  readonly engine: '';
  /** Of the row it stands under. */
  readonly id: string;
  readonly registry: string;
  readonly what: 'said' | 'retry' | 'login' | 'open' | 'more';
}

/** The services or the machines of the swarm that an engine manages. */
export interface SwarmGroupNode {
  readonly kind: 'swarmGroup';
  readonly engine: string;
  readonly group: 'services' | 'members';
}

export interface ServiceNode {
  readonly kind: 'service';
  readonly engine: string;
  /** The full id. */
  readonly id: string;
}

/** A task of a service, under it. */
export interface TaskNode {
  readonly kind: 'task';
  readonly engine: string;
  /** The task's. */
  readonly id: string;
}

/** A machine of a swarm, which the swarm calls its node. */
export interface SwarmMemberNode {
  readonly kind: 'swarmMember';
  readonly engine: string;
  /** The full id. */
  readonly id: string;
}

/** The repository of images without a name, as the docker CLI writes it. */
export const NO_REPOSITORY = '<none>';

/** The id of a row: stable for the life of its object, and different from every other row's in its tree. */
export function nodeId(node: Node): string {
  const engine = encodeURIComponent(node.engine);
  switch (node.kind) {
    case 'engine':
      return `engine/${engine}`;
    case 'containerGroup':
      return `group/${engine}/${node.by}/${node.name}`;
    case 'container':
      return `container/${engine}/${node.id}`;
    case 'files':
      return `files/${engine}/${node.id}`;
    case 'file':
    case 'fileNotice':
      return `${node.kind}/${engine}/${node.id}${node.path}`;
    case 'repository':
      return `repository/${engine}/${node.name}`;
    case 'image':
      return `image/${engine}/${node.imageId}/${node.id}`;
    case 'volumeGroup':
    case 'networkGroup':
      return `${node.kind}/${engine}/${node.by}/${node.name}`;
    case 'volume':
    case 'network':
      return `${node.kind}/${engine}/${node.id}`;
    case 'volumeUser':
      return `volumeUser/${engine}/${node.volume}/${node.id}`;
    case 'endpoint':
      return `endpoint/${engine}/${node.network}/${node.id}`;
    case 'registry':
      return `registry/${node.id}`;
    case 'registryRepository':
    case 'registryTag':
      return `${node.kind}/${node.registry}//${node.id}`;
    case 'registryNotice':
      return `registryNotice/${node.registry}//${node.id}/${node.what}`;
    case 'swarmGroup':
      return `swarmGroup/${engine}/${node.group}`;
    case 'service':
    case 'task':
    case 'swarmMember':
      return `${node.kind}/${engine}/${node.id}`;
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'engine' in value;
}

const PROJECT = 'com.docker.compose.project';
const STACK = 'com.docker.stack.namespace';

type Labels = Readonly<Record<string, string>>;

/** The compose project a container belongs to. */
export function projectOf(labels: Labels): string | undefined {
  return labels[PROJECT] || undefined;
}

/** The group of what has these labels. By `compose`, a stack that is no project stands beside the projects. */
export function groupOf(labels: Labels, by: GroupBy): Pick<ContainerGroupNode, 'by' | 'name'> {
  const project = projectOf(labels);
  const stack = labels[STACK] || undefined;
  if (by === 'compose' && project !== undefined) return { by: 'compose', name: project };
  if (by !== 'none' && stack !== undefined) return { by: 'stack', name: stack };
  return { by: 'none', name: by };
}

/** Whether what has these labels stands under that row. */
export function isMember(labels: Labels, group: Pick<ContainerGroupNode, 'by' | 'name'>): boolean {
  const grouping = group.by === 'none' ? (group.name as GroupBy) : group.by;
  const own = groupOf(labels, grouping);
  return own.by === group.by && own.name === group.name;
}

/** The repository of an image's tag: what stands before the last colon. */
export function repositoryOf(tag: string): string {
  const colon = tag.lastIndexOf(':');
  return colon > tag.lastIndexOf('/') ? tag.slice(0, colon) : tag;
}
