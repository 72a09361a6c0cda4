import type { Handler } from '../deps';
import { checkRunSpec } from '../../engine/run/validate';
import { askImage } from './ask';
import { runAsked } from './runAsked';
import { runSpec } from './runSpec';
import { engineOf } from '../target';

/** `docker run`, from one object or from two questions. */
export const run: Handler<'quayside.containers.run'> = async (context, spec) => {
  if (spec !== undefined) return runSpec(context, engineOf(context, spec.engine), checkRunSpec(spec));
  const engine = engineOf(context);
  return runAsked(context, engine, await askImage(engine));
};
