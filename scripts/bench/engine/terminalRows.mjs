import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { compared, timed } from '../measure.mjs';

const keys = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A key typed into a shell, until it is echoed: ours over the API, the CLI's `exec -it` in a terminal of its own. @type {import('../engineRows.mjs').Rows} */
export async function* terminalRows(bed) {
  const id = await bed.create(['sleep', '3600'], true);
  const engine = await bed.connected();
  const stop = new AbortController();
  const session = await engine.exec.start(id, { command: ['cat'], tty: true, stdin: true }, stop.signal);
  const ours = await echoes(session.stream, session.stream);
  stop.abort();

  // `script` gives it the terminal that it asks for.
  const line = `${bed.cli} exec -it ${id} cat`;
  const cli = spawn('script', ['-qfc', line, '/dev/null'], {
    env: bed.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const theirs = await echoes(cli.stdin, cli.stdout);
  cli.kill();
  yield compared('a key in a terminal -> its echo', ours, theirs, { unit: 'ms', atMost: 1.2 });
  engine.dispose();
}

/** @param {NodeJS.WritableStream} input @param {NodeJS.ReadableStream} output */
async function echoes(input, output) {
  let said = '';
  /** @type {() => void} */
  let heard = () => undefined;
  output.on('data', (data) => {
    said += String(data);
    heard();
  });
  const times = [];
  for (const key of keys) {
    const before = said.length;
    const echoed = () => said.slice(before).includes(key);
    const ms = await timed(async () => {
      input.write(key);
      while (!echoed())
        await new Promise((/** @type {(value: void) => void} */ resolve) => (heard = resolve));
    });
    times.push(ms);
    // As slowly as somebody types fast.
    await wait(30);
  }
  // The first ones wait for the program to start.
  return times.slice(10);
}
