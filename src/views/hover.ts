import type { MarkdownString } from 'vscode';
import type { Engines } from '../engine/engines';
import { containerHover, groupHover } from './containerHover';
import type { EngineFacts } from './engineFacts';
import { engineText } from './engineHover';
import { imageHover } from './imageHover';
import { networkHover, volumeHover } from './storageHover';
import { usersOf } from './imageTree';
import { networkUsers } from './networkTree';
import { volumeUsers } from './volumeTree';
import { card } from './markdown';
import { isMember, type Node } from './nodes';

/** The card of a row, out of what the model knows; loaded when somebody hovers. */
export async function hoverOf(
  node: Node,
  engines: Engines,
  facts: EngineFacts,
): Promise<MarkdownString | undefined> {
  const engine = engines.shown.find(({ name }) => name === node.engine);
  if (!engine) return undefined;
  const { containers, images, volumes, networks } = engine.model;
  switch (node.kind) {
    case 'engine':
      return card([await engineText(engine, facts)]);
    case 'containerGroup': {
      const all = [...containers.items.values()];
      return groupHover(
        node,
        all.filter(({ labels }) => isMember(labels, node)),
      );
    }
    case 'volumeUser':
    case 'endpoint':
    case 'container': {
      const container = containers.items.get(node.id);
      return container && containerHover(container, engine.endpoint?.host, Date.now());
    }
    case 'image': {
      const image = images.items.get(node.imageId);
      return image && imageHover(image, usersOf(containers.items.values()).get(image.id) ?? []);
    }
    case 'volume': {
      const volume = volumes.items.get(node.id);
      return volume && volumeHover(volume, volumeUsers(containers.items.values()).get(volume.name) ?? []);
    }
    case 'network': {
      const network = networks.items.get(node.id);
      return (
        network && networkHover(network, networkUsers(containers.items.values()).get(network.name) ?? [])
      );
    }
    case 'volumeGroup':
    case 'networkGroup':
    case 'repository':
    case 'files':
    case 'file':
    case 'fileNotice':
    case 'registry':
    case 'registryRepository':
    case 'registryTag':
    case 'swarmGroup':
    case 'service':
    case 'task':
    case 'swarmMember':
    case 'registryNotice':
      return undefined;
  }
}
