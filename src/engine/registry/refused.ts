import { EngineError } from '../errors';

const WORDS =
  /pull access denied|unauthorized|authentication required|no basic auth credentials|incorrect username or password|requested access to the resource is denied|insufficient_scope/i;

/** Whether a login could help: a registry said so, to us or to the engine, which repeats its words. */
export function wantsLogin({ status, cause }: EngineError): boolean {
  if (status === 401) return true;
  if (cause instanceof EngineError) return wantsLogin(cause);
  return cause instanceof Error && WORDS.test(cause.message);
}
