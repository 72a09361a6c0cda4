import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { toEngineError } from '../../engine/errors';
import type { RunResult } from '../../ids';
import type { Context } from '../deps';
import { withSteps } from '../report';
import { askOptions } from './ask';
import { runSpec } from './runSpec';

/** Asks for the options and runs; when that fails for what was typed, it can be mended. */
export async function runAsked(
  context: Context,
  engine: Engine,
  image: string,
  proposal?: string,
): Promise<RunResult> {
  const spec = await askOptions(context, image, proposal);
  try {
    return await runSpec(context, engine, spec);
  } catch (error) {
    const failure = toEngineError(error);
    if (failure.kind !== 'conflict' && failure.kind !== 'invalid' && failure.kind !== 'notFound')
      throw failure;
    throw withSteps(failure, {
      title: vscode.l10n.t('Change Options…'),
      run: () => runAsked(context, engine, image),
    });
  }
}
