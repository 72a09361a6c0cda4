// The engine of the machine's own packages (`dockerd`), with every path of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answers } from '../engineApi.mjs';
import { launch, until } from '../processes.mjs';

/**
 * @param {string} folder for all its files; short, because a socket's path may have 107 bytes
 * @param {{ group: string }} options group: its containers' control group
 * @returns {Promise<{ host: string, stop: () => Promise<void> }>}
 */
export async function startDebianEngine(folder, { group }) {
  mkdirSync(folder, { recursive: true });
  const at = (/** @type {string} */ name) => path.join(folder, name);
  // A file of its own, so that the machine's daemon.json has no say.
  writeFileSync(at('daemon.json'), '{}');
  const host = `unix://${at('docker.sock')}`;
  const daemon = launch(
    'dockerd',
    [
      ...['--config-file', at('daemon.json')],
      ...['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')],
      ...['--host', host, '--group', 'root'],
      ...['--cgroup-parent', `/${group}`, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
    ],
    // Its children are in no group of ours: it must have the time to end its containers itself.
    { log: at('log'), patience: 30_000 },
  );
  await until('the engine to answer', () => answers(host), { timeout: 60_000, alive: daemon });
  return { host, stop: daemon.stop };
}
