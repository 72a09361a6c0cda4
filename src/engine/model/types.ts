/** The shapes the live model holds, for those above the engine who may not look into `wire`. */
export type { Container, ContainerNetwork, ContainerState, Health, Mount, Port } from '../wire/container';
export type { Image } from '../wire/image';
export type { Network } from '../wire/network';
export type { Service, ServicePort, SwarmNode, Task } from '../wire/swarm';
export type { Volume } from '../wire/volume';
