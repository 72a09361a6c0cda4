import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { EngineError } from '../../engine/errors';

/** What an engine knows of an image, as far as a hover shows it. */
export interface ImageFacts {
  readonly platform: string;
  readonly bytes: number;
  /** ms since 1970; NaN when it is not known. */
  readonly created: number;
  readonly layers: number;
  readonly user: string;
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly env: readonly string[];
}

/** `absent` when the engine has no such image, undefined when it does not tell in time. */
export async function imageFacts(
  engine: Engine,
  reference: string,
  token: vscode.CancellationToken,
): Promise<ImageFacts | 'absent' | undefined> {
  const abort = new AbortController();
  const cancelled = token.onCancellationRequested(() => abort.abort());
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(3000)]);
  try {
    return factsOf(await engine.images.inspect(reference, signal));
  } catch (error) {
    return error instanceof EngineError && error.kind === 'notFound' ? 'absent' : undefined;
  } finally {
    cancelled.dispose();
  }
}

function factsOf(inspected: Readonly<Record<string, unknown>>): ImageFacts {
  const config = record(inspected['Config']);
  const { Os: os, Architecture: architecture, Variant: variant, Size: size } = inspected;
  return {
    platform: [os, architecture, variant]
      .map(text)
      .filter((part) => part !== '')
      .join('/'),
    bytes: typeof size === 'number' ? size : 0,
    created: Date.parse(text(inspected['Created'])),
    layers: strings(record(inspected['RootFS'])['Layers']).length,
    user: text(config['User']),
    workdir: text(config['WorkingDir']),
    entrypoint: strings(config['Entrypoint']),
    command: strings(config['Cmd']),
    ports: Object.keys(record(config['ExposedPorts'])),
    volumes: Object.keys(record(config['Volumes'])),
    env: strings(config['Env']),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** In steps of 1,000, as the docker CLI counts. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}

/** `3 weeks ago`, in the editor's language. */
export function agoText(created: number): string {
  const days = (created - Date.now()) / 86_400_000;
  const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
    ['year', 365], ['month', 30], ['week', 7], ['day', 1], ['hour', 1 / 24],
  ]; // prettier-ignore
  const [unit, length] = steps.find(([, length]) => Math.abs(days) >= length) ?? ['minute', 1 / 1440];
  return new Intl.RelativeTimeFormat(vscode.env.language).format(Math.round(days / length), unit);
}
