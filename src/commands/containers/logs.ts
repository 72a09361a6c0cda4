import * as vscode from 'vscode';
import type { LogOptions } from '../../engine/logs/options';
import type { Commands } from '../../ids';
import { logTerminal } from '../../terminals/logTerminal';
import { mergedLogTerminal } from '../../terminals/mergedLogTerminal';
import { containerId } from '../act';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import type { ContainerRef } from '../ref';
import { containersOf } from '../target';
import { openTerminal } from '../terminal';

type Options = NonNullable<Parameters<Commands['quayside.containers.logs']>[1]>;

/** Lines of the past that a terminal begins with. */
const TAIL = 1000;

export const logs: Handler<'quayside.containers.logs'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Show the logs of which containers?'),
    none: vscode.l10n.t('There is no container.'),
  });
  if (options.show === false) return answerEach(target, refs, (ref) => collect(ref, options));
  const sources = await Promise.all(
    refs.map(async (ref) => ({ engine: ref.engine, id: await containerId(ref), name: ref.name })),
  );
  const wanted = { tail: TAIL, ...asked(options), timestamps: options.timestamps ?? false };
  const [first] = sources;
  if (sources.length > 1) openTerminal(mergedLogTerminal(sources, wanted));
  else if (first) openTerminal(logTerminal(first.engine, first, wanted));
  return undefined;
};

async function collect(
  { engine, id }: ContainerRef,
  options: Options,
): Promise<{ stdout: string; stderr: string }> {
  const { timestamps = false } = options;
  const { stdout, stderr } = await engine.logs.collect(id, { ...asked(options), timestamps });
  return { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}

function asked({ tail, since, until }: Options): Pick<LogOptions, 'tail' | 'since' | 'until'> {
  return {
    ...(tail === undefined ? {} : { tail }),
    ...(since === undefined ? {} : { since: String(since) }),
    ...(until === undefined ? {} : { until: String(until) }),
  };
}
