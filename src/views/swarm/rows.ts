import type { ServicePort } from '../../engine/model/types';
import type { Age } from '../duration';

/** Everything a row of the Swarm view shows, as plain data without words. */
export type SwarmRow = SwarmEngineRow | SwarmGroupRow | ServiceRow | TaskRow | SwarmMemberRow;

export interface SwarmEngineRow {
  readonly kind: 'engine';
  readonly state: 'connected';
  readonly name: string;
}

export interface SwarmGroupRow {
  readonly kind: 'swarmGroup';
  readonly group: 'services' | 'members';
  readonly count: number;
}

export interface ServiceRow {
  readonly kind: 'service';
  readonly name: string;
  readonly mode: 'replicated' | 'global' | 'job';
  readonly running: number;
  readonly desired: number;
  readonly image: string;
  readonly ports: readonly ServicePort[];
  /** Of an update that is under way or was stopped, and why; else empty. */
  readonly update: string;
  readonly updateMessage: string;
}

export interface TaskRow {
  readonly kind: 'task';
  /** Of its service, and which of the replicas it is, or its node. */
  readonly name: string;
  readonly state: string;
  readonly node: string;
  readonly age: Age;
  readonly error: string;
}

export interface SwarmMemberRow {
  readonly kind: 'swarmMember';
  readonly name: string;
  readonly role: string;
  readonly leader: boolean;
  readonly state: string;
  readonly availability: string;
  /** Tasks that run on it. */
  readonly tasks: number;
  readonly address: string;
  readonly engineVersion: string;
  /** Cores. */
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}
