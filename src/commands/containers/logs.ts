import * as vscode from 'vscode';
import type { LogOptions } from '../../engine/logs/options';
import type { Commands, Settings } from '../../ids';
import { containerId } from '../act';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import type { ContainerRef } from '../ref';
import { containersOf } from '../target';

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
  // The panel shows what is yet to be written, too.
  if ((options.view ?? chosenView()) === 'terminal' || options.until !== undefined) {
    const { openLogs } = await import('./logsTerminal');
    openLogs(sources, { tail: TAIL, ...asked(options), timestamps: options.timestamps ?? false });
  } else if (sources.length > 0) {
    const { showLogs } = await import('../../panels/logs');
    const targets = sources.map(({ engine, id, name }) => ({ engine: engine.name, id, name }));
    const { timestamps } = options;
    showLogs(context, targets, { ...asked(options), ...(timestamps === undefined ? {} : { timestamps }) });
  }
  return undefined;
};

function chosenView(): Settings['logs.view'] {
  return vscode.workspace.getConfiguration('quayside').get<Settings['logs.view']>('logs.view', 'panel');
}

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
