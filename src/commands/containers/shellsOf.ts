import type { Engine } from '../../engine/engine';
import { EngineError } from '../../engine/errors';
import { parsePasswd, shellCandidates, type Passwd } from './shells';

/** The shells a container has, the best for the user first. Its files tell: a command that could ask would need one. */
export async function shellsOf(engine: Engine, id: string, user: string): Promise<readonly string[]> {
  const candidates = shellCandidates(await passwdOf(engine, id), user);
  const there = await Promise.all(candidates.map((path) => isThere(engine, id, path)));
  return candidates.filter((_, index) => there[index]);
}

/** The users of a container; none where it has no such file. */
export async function passwdOf(engine: Engine, id: string): Promise<readonly Passwd[]> {
  const passwd = await engine.files.read(id, '/etc/passwd').catch(() => undefined);
  return parsePasswd(passwd?.data.toString('utf8') ?? '');
}

async function isThere(engine: Engine, id: string, path: string): Promise<boolean> {
  try {
    await engine.files.stat(id, path);
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'notFound') return false;
    throw error;
  }
}
