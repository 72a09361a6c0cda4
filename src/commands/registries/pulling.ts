import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled, EngineError, toEngineError } from '../../engine/errors';
import type { Pulled } from '../../engine/images';
import { currentDigest } from '../../engine/registry/current';
import { wantsLogin } from '../../engine/registry/refused';
import { parseReference } from '../../engine/run/reference';
import { shortId } from '../../engine/run/names';
import type { Context } from '../deps';
import { pullImage } from '../images/pullImage';
import { inParallel } from '../parallel';
import { offer, report, withSteps, type Step } from '../report';
import { logInTo } from './login';

/** What is to be pulled, and where to. */
export interface Wanted {
  readonly engine: Engine;
  readonly reference: string;
  readonly platform?: string;
}

/** Pulls that run at once; each shows how far it is. */
const AT_ONCE = 3;
/** ms; a pull that took longer may have been overtaken. */
const LONG = 5_000;
/** ms for that look. */
const PATIENCE = 3_000;

/**
 * Pulls all of them, and tells the user how each went. Of what code has asked for the failure rejects; the user is offered a
 * login where one is missing, and to try again.
 */
export async function pullAll(context: Context, wanted: readonly Wanted[]): Promise<Pulled[]> {
  const results = await inParallel(wanted, (one) => pullOne(context, one), AT_ONCE);
  const pulled = results.filter((one): one is Pulled => !(one instanceof EngineError));
  if (pulled.length === 0) throw cancelled();
  return pulled;
}

async function pullOne(context: Context, one: Wanted): Promise<Pulled | EngineError> {
  const { engine, reference, platform } = one;
  const started = Date.now();
  try {
    const pulled = await pullImage(engine, reference, platform);
    if (context.fromUi) {
      const late = !pulled.upToDate && Date.now() - started > LONG;
      tellPulled(context, one, pulled, late ? await overtaken(context, engine, pulled) : false);
    }
    return pulled;
  } catch (error) {
    const failure = toEngineError(error);
    if (!context.fromUi) throw failure;
    reportTransfer(context, reference, failure, () => pullOne(context, one));
    return failure;
  }
}

/** Shows why a pull or push failed, with a login where that may help. */
export function reportTransfer(
  context: Context,
  reference: string,
  failure: EngineError,
  retry: () => Promise<unknown>,
): void {
  const steps: Step[] = [];
  if (wantsLogin(failure)) {
    const { domain } = parseReference(reference);
    const run = async (): Promise<void> => {
      await logInTo(context, { host: domain, namespace: '' }, undefined, undefined);
      await retry();
    };
    steps.push({ title: vscode.l10n.t('Log In and Retry'), run });
  }
  report(context, withSteps(failure, ...steps), retry);
}

/** Whether the registry has another image under the tag by now. */
async function overtaken({ registries }: Context, engine: Engine, pulled: Pulled): Promise<boolean> {
  if (pulled.reference.includes('@')) return false;
  const signal = AbortSignal.timeout(PATIENCE);
  const now = await currentDigest(engine, registries, pulled.reference, signal).catch(() => pulled.digest);
  return now !== pulled.digest;
}

function tellPulled(context: Context, one: Wanted, pulled: Pulled, newer: boolean): void {
  const { reference, digest, upToDate, moved } = pulled;
  const short = digest === '' ? '' : `sha256:${shortId(digest)}`;
  const again = { title: vscode.l10n.t('Pull Again'), run: () => pullOne(context, one) };
  const steps = [...(newer || moved ? [again] : []), copyDigest(digest)];
  if (moved) {
    const said = vscode.l10n.t(
      'Pulled {0} ({1}), but meanwhile the name was given to another image here.',
      reference,
      short,
    );
    offer(context, 'warning', said, steps);
  } else if (newer) {
    const said = vscode.l10n.t(
      'Pulled {0} ({1}). Meanwhile the registry has another image under this tag.',
      reference,
      short,
    );
    offer(context, 'warning', said, steps);
  } else if (upToDate) {
    offer(context, 'info', vscode.l10n.t('{0} is up to date ({1}).', reference, short), steps);
  } else {
    offer(context, 'info', vscode.l10n.t('Pulled {0} ({1}).', reference, short), steps);
  }
}

export function copyDigest(digest: string): Step {
  return {
    title: vscode.l10n.t('Copy Digest'),
    run: () => vscode.env.clipboard.writeText(digest),
  };
}
