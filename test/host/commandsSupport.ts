import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { commands, extensions } from 'vscode';
import { api } from '../../scripts/rig/engineApi.mjs';
import { busyboxImage, loadImage } from '../../scripts/rig/images.mjs';
import type { EngineErrorKind } from '../../src/engine/errors';
import type { CommandId, Commands } from '../../src/ids';
import { engineHost } from './support';

/** A small image with busybox; `sh` is its command. */
export const BASE = 'quayside-host/base:latest';

const LABEL = 'dev.quayside.test';

let loaded: Promise<void> | undefined;

/** To be called before the tests of a file. */
export async function ready(): Promise<void> {
  loaded ??= busyboxImage().then((image) => loadImage(engineHost, BASE, image));
  await loaded;
  await extensions.getExtension('quayside.quayside')?.activate();
}

let bare: Promise<string> | undefined;

/** Busybox without a shell and without any of its names, so that nothing inside can help. */
export function bareImage(): Promise<string> {
  bare ??= makeBare();
  return bare;
}

async function makeBare(): Promise<string> {
  const name = 'quayside-host/bare:latest';
  const [layer] = (await busyboxImage()).layers;
  const binary = layer?.entries.find(({ path }) => path === 'bin/busybox');
  assert.ok(binary);
  const entries = [
    { path: 'bin/' },
    binary,
    { path: 'etc/' },
    { path: 'etc/motd', content: 'bare' },
    { path: 'etc/link', link: 'motd' },
  ];
  await loadImage(engineHost, name, { layers: [{ createdBy: 'bare', entries }], config: {} });
  return name;
}

/** A command, with the types of the contract. */
export function run<Id extends CommandId>(
  id: Id,
  ...args: Parameters<Commands[Id]>
): Promise<ReturnType<Commands[Id]>> {
  return Promise.resolve(commands.executeCommand<ReturnType<Commands[Id]>>(id, ...args));
}

/** The engine, asked behind the extension's back. */
export function ask(method: string, path: string): Promise<unknown> {
  return api(engineHost, method, path);
}

interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly State: { readonly Status: string; readonly ExitCode: number };
}

/** What the engine says of a container; undefined when it is not there. */
export async function look(id: string): Promise<Inspected | undefined> {
  try {
    return (await ask('GET', `/containers/${id}/json`)) as Inspected;
  } catch (error) {
    if (/answered 404/.test(String(error))) return undefined;
    throw error;
  }
}

export async function stateOf(id: string): Promise<string | undefined> {
  return (await look(id))?.State.Status;
}

/** A container of this file's: detached, and labelled so that `cleanUp` finds it. */
export async function start(
  part: string,
  spec: Partial<NonNullable<Parameters<Commands['quayside.containers.run']>[0]>> = {},
): Promise<string> {
  const labels = { ...spec.labels, [LABEL]: part };
  const command = spec.command ?? ['sleep', '1000'];
  const image = spec.image ?? BASE;
  const { id } = await run('quayside.containers.run', {
    detach: true,
    init: true,
    ...spec,
    image,
    command,
    labels,
  });
  return id;
}

/** Removes the containers of one file. */
export async function cleanUp(part: string): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`${LABEL}=${part}`] }));
  const found = (await ask('GET', `/containers/json?all=1&filters=${filters}`)) as { Id: string }[];
  await Promise.all(
    found.map(({ Id }) => ask('DELETE', `/containers/${Id}?force=1&v=1`).catch(() => undefined)),
  );
}

/** It rejects with this kind, and its sentence fits. */
export async function refuses(work: Promise<unknown>, kind: EngineErrorKind, message: RegExp): Promise<void> {
  await assert.rejects(work, (error: Error & { kind?: string }) => {
    assert.equal(error.kind, kind, error.message);
    assert.match(error.message, message);
    return true;
  });
}

/** Waits until `look` answers something, and answers it. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}`);
    await wait(50);
  }
}
