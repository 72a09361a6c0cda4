import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { toEngineError } from '../../engine/errors';
import { CONTAINERS } from '../../engine/model/kinds';
import { exactDuration } from '../../engine/run/units';
import type { RunImage } from '../../protocol/run';
import { record } from '../channel';
import { freePorts } from './freePorts';

/** ms */
const LONGEST = 15_000;

/** What an image on the engine says of itself, and free ports for those it exposes. */
export async function imageFacts(engine: Engine, image: string): Promise<RunImage> {
  const signal = AbortSignal.timeout(LONGEST);
  let config: Readonly<Record<string, unknown>>;
  try {
    config = record((await engine.images.inspect(image, signal))['Config']);
  } catch (error) {
    if (toEngineError(error).kind !== 'notFound') throw error;
    return { facts: [], here: false, ports: [] };
  }
  const exposed = Object.keys(record(config['ExposedPorts']));
  const fact = (name: string, values: readonly string[]) =>
    values.length > 0 ? [{ name, value: values.join('\n') }] : [];
  const health = record(config['Healthcheck']);
  const facts = [
    ...fact(vscode.l10n.t('Listens on'), exposed),
    ...fact(vscode.l10n.t('Keeps data in'), Object.keys(record(config['Volumes']))),
    ...fact(vscode.l10n.t('Runs as'), texts(config['User'])),
    ...fact(
      vscode.l10n.t('Entrypoint'),
      texts(config['Entrypoint']).slice(0, 1).length > 0 ? [texts(config['Entrypoint']).join(' ')] : [],
    ),
    ...fact(
      vscode.l10n.t('Command'),
      texts(config['Cmd']).length > 0 ? [texts(config['Cmd']).join(' ')] : [],
    ),
    ...fact(vscode.l10n.t('Begins in'), texts(config['WorkingDir'])),
    ...fact(vscode.l10n.t('Environment'), texts(config['Env'])),
    ...fact(vscode.l10n.t('Health check'), healthText(health)),
  ];
  return { facts, here: true, ports: await portsFor(engine, exposed, signal) };
}

function healthText(health: Readonly<Record<string, unknown>>): string[] {
  const test = texts(health['Test']);
  if (test.length === 0 || test[0] === 'NONE') return [];
  const interval =
    typeof health['Interval'] === 'number' && health['Interval'] > 0 ? health['Interval'] : 30e9;
  return [vscode.l10n.t('{0}, every {1}', test.slice(1).join(' '), exactDuration(interval))];
}

async function portsFor(engine: Engine, exposed: readonly string[], signal: AbortSignal): Promise<string[]> {
  const { items, loaded } = engine.model.containers;
  const all = loaded ? [...items.values()] : await CONTAINERS.list(engine.requests, signal);
  const taken = all.flatMap(({ ports }) =>
    ports.map(({ publicPort, protocol }) => `${publicPort}/${protocol}`),
  );
  return freePorts(exposed, new Set(taken), engine.endpoint?.host);
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
