import type { ModelState } from '../engine/model/liveModel';
import type { Container } from '../engine/model/types';
import type { GroupBy } from './nodes';

/** A product icon and, where it says something, its colour. The shape alone tells; the colour only repeats it. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** Theme colours of `contributes.colors`. */
const RUNNING = 'quayside.running';
const PAUSED = 'quayside.paused';
const STARTING = 'quayside.starting';
const FAILED = 'quayside.failed';
const STOPPED = 'quayside.stopped';

export function containerIcon({ state, health, exitCode = 0 }: Container): Icon {
  switch (state) {
    case 'running':
      if (health === 'unhealthy') return { id: 'warning', color: FAILED };
      if (health === 'starting') return { id: 'pulse', color: STARTING };
      return { id: health === 'healthy' ? 'heart-filled' : 'play', color: RUNNING };
    case 'paused':
      return { id: 'debug-pause', color: PAUSED };
    case 'restarting':
      return { id: 'sync', color: STARTING };
    case 'exited':
      return exitCode === 0 ? { id: 'debug-stop', color: STOPPED } : { id: 'error', color: FAILED };
    case 'created':
      return { id: 'circle-large-outline', color: STOPPED };
    case 'removing':
      return { id: 'trash', color: STOPPED };
    case 'dead':
      return { id: 'circle-slash', color: FAILED };
  }
}

export function groupIcon(by: GroupBy): Icon {
  switch (by) {
    case 'compose':
      return { id: 'multiple-windows' };
    case 'stack':
      return { id: 'type-hierarchy' };
    case 'none':
      return { id: 'vm' };
  }
}

export function imageIcon({ tagged, used }: { readonly tagged: boolean; readonly used: boolean }): Icon {
  if (used) return { id: 'layers-active', color: RUNNING };
  return tagged ? { id: 'layers' } : { id: 'circle-slash', color: STOPPED };
}

export function volumeIcon({ users }: { readonly users: readonly string[] }): Icon {
  return users.length > 0 ? { id: 'database', color: RUNNING } : { id: 'database' };
}

export function networkIcon({ predefined, users }: { predefined: boolean; users: number }): Icon {
  return { id: predefined ? 'lock' : 'globe', ...(users > 0 && { color: RUNNING }) };
}

export function engineIcon(state: ModelState['kind']): Icon {
  switch (state) {
    case 'connected':
      return { id: 'server-environment' };
    case 'unavailable':
      return { id: 'debug-disconnect', color: FAILED };
    case 'starting':
      return { id: 'sync', color: STARTING };
    case 'idle':
      return { id: 'server-environment', color: STOPPED };
  }
}
