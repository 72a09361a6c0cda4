import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { bytesSize } from '../../engine/run/units';
import { parseSystemFacts } from '../../engine/systemFacts';
import { pretty } from '../documents/pretty';

/** What `docker version` and `docker info` tell, and who asked. */
export interface EngineFacts {
  readonly name: string;
  readonly client: { readonly name: string; readonly version: string; readonly api: string };
  readonly version: Readonly<Record<string, unknown>>;
  readonly info: Readonly<Record<string, unknown>>;
}

export async function readFacts(engine: Engine): Promise<EngineFacts> {
  const [api, version, info] = await Promise.all([
    engine.requests.version(),
    engine.system.version(),
    engine.system.info(),
  ]);
  const manifest = vscode.extensions.getExtension('quayside.quayside')?.packageJSON as
    { version?: string } | undefined;
  return {
    name: engine.name,
    client: { name: 'Quayside', version: manifest?.version ?? '', api },
    version,
    info,
  };
}

/** The facts people look for in short lines, then everything. */
export function describe({ name, client, version, info }: EngineFacts, address: string | undefined): string {
  const facts = parseSystemFacts(version, info);
  const lines: readonly (readonly [string, string])[] = [
    [vscode.l10n.t('Engine'), name],
    [vscode.l10n.t('Address'), address ?? ''],
    [vscode.l10n.t('Client'), `${client.name} ${client.version}`],
    [vscode.l10n.t('API'), vscode.l10n.t('{0} (the engine speaks up to {1})', client.api, facts.api)],
    [vscode.l10n.t('Engine version'), facts.engine],
    ['containerd', facts.containerd],
    ['runc', facts.runc],
    [vscode.l10n.t('Operating system'), `${facts.os} (${facts.platform})`],
    [vscode.l10n.t('Kernel'), facts.kernel],
    [vscode.l10n.t('Storage driver'), facts.storage],
    [vscode.l10n.t('CPUs'), String(facts.cpus)],
    [vscode.l10n.t('Memory'), bytesSize(facts.memory)],
    ...facts.warnings.map((warning) => [vscode.l10n.t('Warning'), warning] as const),
  ];
  const width = Math.max(...lines.map(([label]) => label.length)) + 2;
  const text = lines
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${`${label}:`.padEnd(width)} ${value}\n`)
    .join('');
  return `${text}\ndocker version\n${pretty(version)}\ndocker info\n${pretty(info)}`;
}
