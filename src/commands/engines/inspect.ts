import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import { engineOf } from '../target';
import { readFacts } from './facts';

/** What `docker version` and `docker info` say. */
export const inspect: Handler<'quayside.engines.inspect'> = async (context, options) => {
  const engine = engineOf(context, options?.name);
  const facts = await readFacts(engine);
  const subject = { kind: 'engine', engine: engine.name, id: engine.name } as const;
  if (options?.show !== false) await showDocument(subject, `Docker engine ${engine.name}`);
  return facts;
};
