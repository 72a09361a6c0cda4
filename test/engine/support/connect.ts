import { Engine } from '../../../src/engine/engine';
import type { Surroundings } from '../../../src/engine/endpoint/surroundings';
import { engine as rig } from '../../rig/engine';

/** Our engine layer on the engine of this run, or on another address; without any configuration of the user's. */
export function connect(host = rig.host, env: Surroundings['env'] = {}): Engine {
  return new Engine('test', () => Promise.resolve({ source: 'added', contextName: 'default', host }), {
    env,
    homedir: '/nonexistent',
    platform: process.platform,
  });
}
