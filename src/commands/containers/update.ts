import * as vscode from 'vscode';
import type { ResourceChanges } from '../../engine/containers';
import { parseRestart } from '../../engine/run/restart';
import { parseCpus, parseSize, parseSizeOrUnlimited } from '../../engine/run/units';
import type { UpdateOptions } from '../../ids';
import { act, containerId } from '../act';
import { givenOr, problemOf } from '../ask';
import type { Handler } from '../deps';
import { containersOf } from '../target';

/** Changes limits and restart policy of containers while they run. */
export const update: Handler<'quayside.containers.update'> = async (context, target, options) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Change the limits of which containers?'),
    none: vscode.l10n.t('There is no container.'),
  });
  const wanted = await givenOr(context, options, 'memory', askChange);
  const changes = changesOf(wanted);
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Changing {0}', what),
    failing: (what) => vscode.l10n.t('Could not change {0}.', what),
    work: async ({ engine, name }, id, signal) => {
      for (const warning of await engine.containers.update(id, changes, signal)) {
        context.log.warn(`${name}: ${warning}`);
      }
    },
    fullId: containerId,
  });
};

/** In the words of `docker update`, as the engine wants it. */
export function changesOf(options: UpdateOptions): ResourceChanges {
  const { memory, memorySwap, memoryReservation, cpus, cpuShares, cpusetCpus, pidsLimit, restart } = options;
  return {
    ...(memory === undefined ? {} : { Memory: parseSize(memory) }),
    ...(memorySwap === undefined ? {} : { MemorySwap: parseSizeOrUnlimited(memorySwap) }),
    ...(memoryReservation === undefined ? {} : { MemoryReservation: parseSize(memoryReservation) }),
    ...(cpus === undefined ? {} : { NanoCpus: parseCpus(cpus) }),
    ...(cpuShares === undefined ? {} : { CpuShares: cpuShares }),
    ...(cpusetCpus === undefined ? {} : { CpusetCpus: cpusetCpus }),
    ...(pidsLimit === undefined ? {} : { PidsLimit: pidsLimit }),
    ...(restart === undefined ? {} : { RestartPolicy: parseRestart(restart) }),
  };
}

async function askChange(): Promise<UpdateOptions | undefined> {
  const kinds = [
    { label: vscode.l10n.t('Memory'), field: 'memory' as const, example: '512m', check: parseSize },
    {
      label: vscode.l10n.t('Memory and Swap'),
      field: 'memorySwap' as const,
      example: '1g',
      check: parseSizeOrUnlimited,
    },
    { label: vscode.l10n.t('CPUs'), field: 'cpus' as const, example: '1.5', check: parseCpus },
    {
      label: vscode.l10n.t('Restart Policy'),
      field: 'restart' as const,
      example: 'unless-stopped',
      check: parseRestart,
    },
  ];
  const kind = await vscode.window.showQuickPick(kinds, { title: vscode.l10n.t('Change what?') });
  if (!kind) return undefined;
  const value = await vscode.window.showInputBox({
    title: kind.label,
    placeHolder: kind.example,
    validateInput: problemOf(kind.check),
  });
  return value === undefined ? undefined : { [kind.field]: value };
}
