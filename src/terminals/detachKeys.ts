import type { Engine } from '../engine/engine';
import { readConfigFile } from '../engine/endpoint/configFile';
import { configFolder } from '../engine/endpoint/surroundings';
import { DEFAULT_DETACH_KEYS, parseDetachKeys } from '../engine/streams/detachKeys';

export interface DetachKeys {
  /** As people write them: `ctrl-p,ctrl-q`. */
  readonly said: string;
  readonly bytes: Buffer;
}

/** The given ones, else those of config.json, else the CLI's own. Kind `invalid` for keys that are none. */
export async function detachKeysOf(engine: Engine, given?: string): Promise<DetachKeys> {
  // What is wrong with config.json is told where it matters more.
  const config = await readConfigFile(configFolder(engine.surroundings)).catch(() => undefined);
  const said = given ?? config?.detachKeys ?? DEFAULT_DETACH_KEYS;
  return { said, bytes: parseDetachKeys(said) };
}
