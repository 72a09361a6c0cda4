import { extensions, l10n } from 'vscode';
import type { Engine } from '../engine/engine';
import { bytesSize } from '../engine/run/units';
import type { EngineFacts, Facts } from './engineFacts';
import { bullets, lines } from './markdown';
import { escaped } from './text';
import { sentenceText } from './words';

/** What there is to say of an engine, as Markdown: what is wrong with it, or what `docker version` and `docker info` show. */
export async function engineText(engine: Engine, known: EngineFacts): Promise<string> {
  const heading = `**${escaped(engine.name)}**`;
  const { state } = engine.model;
  if (state.kind === 'unavailable')
    return `${heading}\n\n${escaped(sentenceText(state.error.sentence), 1000)}`;
  const facts = await known.of(engine);
  return facts ? `${heading}\n\n${factsText(facts, engine.endpoint?.host ?? '')}` : heading;
}

function factsText(facts: Facts, host: string): string {
  const { engine, api, spoken, containerd, runc, os, platform, kernel, storage, cpus, memory, warnings } =
    facts;
  const line = (text: string, ...values: string[]): string => (values.some(Boolean) ? text : '');
  return [
    lines(
      line(l10n.t('Address: {0}', escaped(host)), host),
      l10n.t('Client: {0}', escaped(`Quayside ${ownVersion()}, API ${spoken}`)),
      l10n.t('Engine: {0}', escaped(`${engine}, API ${api}`)),
      line(l10n.t('containerd: {0}', escaped(containerd)), containerd),
      line(l10n.t('runc: {0}', escaped(runc)), runc),
      line(
        l10n.t('OS: {0}', escaped([os, platform, kernel].filter(Boolean).join(', '))),
        os,
        platform,
        kernel,
      ),
      line(l10n.t('Storage: {0}', escaped(storage)), storage),
      cpus === 0 ? '' : l10n.t('CPUs: {0}', cpus),
      memory === 0 ? '' : l10n.t('Memory: {0}', escaped(bytesSize(memory))),
    ),
    bullets(
      l10n.t('Warnings'),
      warnings.map((warning) => escaped(warning.replace(/^WARNING: /, ''))),
    ),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function ownVersion(): string {
  const manifest: unknown = extensions.getExtension('quayside.quayside')?.packageJSON;
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : '';
}
