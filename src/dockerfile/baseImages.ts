import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/errors';
import type { Engines } from '../engine/engines';
import type { BaseConfig } from './rules/finding';

const fresh = 60_000;
const rest = 30_000;
const most = 200;

/** What the shown engine knows of the images that stages are made from. Without an engine it knows nothing. */
export class BaseImages implements vscode.Disposable {
  private readonly known = new Map<string, { at: number; config: BaseConfig | undefined }>();
  private readonly abort = new AbortController();
  private readonly shown: { dispose(): void };
  private readonly engines: Engines;
  private restUntil = 0;
  /** `linux/amd64`, once an engine has told. */
  target: string | undefined;

  constructor(engines: Engines) {
    this.engines = engines;
    this.shown = engines.onDidChange(() => {
      this.known.clear();
      this.target = undefined;
      this.restUntil = 0;
    });
  }

  dispose(): void {
    this.abort.abort();
    this.shown.dispose();
  }

  /** What is known now. */
  configOf(reference: string): BaseConfig | undefined {
    return this.known.get(reference)?.config;
  }

  /** Asks for those that are not known; true when something new was learnt. */
  async learn(references: readonly string[]): Promise<boolean> {
    const [engine] = this.engines.shown;
    const now = Date.now();
    if (!engine || engine.model.state.kind === 'unavailable' || now < this.restUntil) return false;
    const asked = references.filter((name) => now - (this.known.get(name)?.at ?? 0) > fresh).slice(0, 20);
    if (asked.length === 0) return false;
    if (this.known.size > most) this.known.clear();
    try {
      this.target ??= platformOf(await engine.system.info(this.abort.signal));
      const answers = await Promise.all(asked.map((name) => this.ask(engine, name, now)));
      return answers.some((changed) => changed);
    } catch {
      // No engine, no news: the trees say why, an editor need not.
      this.restUntil = now + rest;
      return false;
    }
  }

  private async ask(engine: Engine, name: string, at: number): Promise<boolean> {
    const before = this.known.get(name);
    const config = await engine.images.inspect(name, this.abort.signal).then(configOf, (error: unknown) => {
      if (error instanceof EngineError && error.kind === 'notFound') return undefined;
      throw error;
    });
    this.known.set(name, { at, config });
    return JSON.stringify(config) !== JSON.stringify(before?.config);
  }
}

/** `linux/amd64` of an engine that calls it `x86_64`. */
function platformOf(info: Readonly<Record<string, unknown>>): string {
  const names: Readonly<Record<string, string>> = {
    x86_64: 'amd64',
    aarch64: 'arm64',
    armv7l: 'arm',
    i686: '386',
  };
  const machine = text(info['Architecture']);
  return `${text(info['OSType']) || 'linux'}/${names[machine] ?? machine}`;
}

/** What an image's inspect says, as far as the rules ask. */
function configOf(inspected: Readonly<Record<string, unknown>>): BaseConfig {
  const config = record(inspected['Config']);
  const env: Record<string, string> = {};
  for (const pair of strings(config['Env'])) {
    const equals = pair.indexOf('=');
    if (equals > 0) env[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  const variant = text(inspected['Variant']);
  return {
    env,
    shell: Array.isArray(config['Shell']) ? strings(config['Shell']) : undefined,
    user: text(config['User']),
    platform: [text(inspected['Os']), text(inspected['Architecture']), variant]
      .filter((part) => part !== '')
      .join('/'),
    digest: strings(inspected['RepoDigests'])[0],
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
