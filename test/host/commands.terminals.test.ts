import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { window, type ExtensionTerminalOptions, type Terminal } from 'vscode';
import { busyboxImage, loadImage } from '../../scripts/rig/images.mjs';
import { startProxy } from '../../scripts/rig/proxy.mjs';
import { Engine } from '../../src/engine/engine';
import { createBody } from '../../src/engine/run/createBody';
import type { RunSpec } from '../../src/engine/run/spec';
import { attachTerminal } from '../../src/terminals/attachTerminal';
import { detachKeysOf } from '../../src/terminals/detachKeys';
import { execTerminal } from '../../src/terminals/execTerminal';
import { logTerminal } from '../../src/terminals/logTerminal';
import { mergedLogTerminal } from '../../src/terminals/mergedLogTerminal';
import { runTerminal } from '../../src/terminals/runTerminal';
import { BASE, cleanUp, look, ready, refuses, run, start, stateOf, until } from './commandsSupport';
import { engineHost, target } from './support';
import { watchStalls } from './stalls';

const PART = 'host-terminals';
const labels = { 'dev.quayside.test': PART };
const CTRL_C = '\x03';

/** A terminal that is read and typed into as VS Code does it, without a window around it. */
class Sat {
  readonly #pty: ExtensionTerminalOptions['pty'];
  text = '';
  closed = false;
  name: string | undefined;

  constructor({ pty }: ExtensionTerminalOptions, size = { columns: 80, rows: 24 }) {
    this.#pty = pty;
    pty.onDidWrite((text) => (this.text += text));
    pty.onDidClose?.(() => (this.closed = true));
    pty.onDidChangeName?.((name) => (this.name = name));
    pty.open(size);
  }

  type(text: string): void {
    this.#pty.handleInput?.(text);
  }

  resize(columns: number, rows: number): void {
    this.#pty.setDimensions?.({ columns, rows });
  }

  close(): void {
    this.#pty.close();
  }

  /** Waits until it has shown something. */
  async shows(what: string | RegExp): Promise<void> {
    const found = (): boolean => (typeof what === 'string' ? this.text.includes(what) : what.test(this.text));
    await until(String(what), found).catch((error: unknown) => {
      throw new Error(`${String(error)}; it shows:\n${this.text.slice(-2000)}`);
    });
  }
}

suite('commands: terminals', () => {
  const open: Sat[] = [];
  let engine: Engine;

  const sit = (options: ExtensionTerminalOptions, size?: { columns: number; rows: number }): Sat => {
    const sat = new Sat(options, size);
    open.push(sat);
    return sat;
  };
  const shellIn = (id: string, command = ['sh']): Sat =>
    sit(execTerminal(engine, { id, name: 'web' }, { command }));

  const engineAt = (host: string): Engine =>
    new Engine('host-terminals', () => Promise.resolve({ source: 'setting', contextName: 'default', host }), {
      env: {},
      homedir: os.tmpdir(),
      platform: process.platform,
    });
  /** The engine over a connection that can be slowed and lost. */
  const proxied = async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-terminals-'));
    const socket = path.join(folder, 'docker.sock');
    const proxy = await startProxy(target(), socket);
    const far = engineAt(`unix://${socket}`);
    const end = async (): Promise<void> => {
      far.dispose();
      await proxy.down();
      rmSync(folder, { recursive: true });
    };
    return { far, proxy, [Symbol.asyncDispose]: end };
  };

  suiteSetup(async () => {
    await ready();
    engine = engineAt(engineHost);
  });
  teardown(async () => {
    for (const sat of open.splice(0)) sat.close();
    for (const terminal of window.terminals) terminal.dispose();
    await cleanUp(PART);
  });
  suiteTeardown(() => engine.dispose());

  test('a shell knows the size of its window, and its changes', async () => {
    const id = await start(PART);
    const sat = shellIn(id);
    // A size reaches the shell when it has started, or a moment later.
    const knows = (size: string): Promise<boolean> =>
      until(`the size ${size}`, async () => {
        sat.type('stty size\r');
        await new Promise((resolve) => setTimeout(resolve, 100));
        return sat.text.includes(size);
      });
    await knows('24 80');
    sat.resize(0, 0);
    sat.resize(101, 33);
    await knows('33 101');
    assert.doesNotMatch(sat.text, /^0 0/m);
  });

  test('a size that a terminal gets while it connects is not lost', async () => {
    const id = await start(PART);
    await using way = await proxied();
    way.proxy.slow(4000);
    const sat = sit(execTerminal(way.far, { id, name: 'web' }, { command: ['sh'] }));
    // It looks at the container, and then again to begin, with the size it has by then.
    const looked = await until('the first look', () => way.proxy.bytes() > 1000 && way.proxy.bytes());
    await until('its beginning', () => way.proxy.bytes() > looked + 1000);
    sat.resize(111, 22);
    await sat.shows('#');
    way.proxy.slow(Infinity);
    await until('the size', async () => {
      sat.type('stty size\r');
      await new Promise((resolve) => setTimeout(resolve, 100));
      return sat.text.includes('22 111');
    });
  });

  test('Ctrl+C ends what runs, and not the shell; colours and characters come as they are', async () => {
    const id = await start(PART);
    const sat = shellIn(id);
    sat.type('sleep 4712\r');
    await until('the sleep', async () => {
      const { processes } = await engine.containers.top(id);
      return processes.some((row) => row.at(-1) === 'sleep 4712');
    });
    sat.type(CTRL_C);
    sat.type("printf '\\033[31m%s\\033[0m\\n' 'é🐳'\r");
    await sat.shows('\x1b[31mé🐳\x1b[0m');
  });

  test('its end is told in words, and the next key closes it', async () => {
    const id = await start(PART);
    const sat = shellIn(id);
    sat.type('exit 3\r');
    await sat.shows(/exit code 3[^]*Press any key/);
    assert.equal(sat.closed, false);
    await until('the last key', () => (sat.type(' '), sat.closed));
  });

  test('a closed terminal takes what ran in it along', async () => {
    const id = await start(PART);
    const processes = async (): Promise<string> =>
      (await engine.containers.top(id)).processes.map((row) => row.at(-1)).join('\n');
    const sat = shellIn(id);
    sat.type('sleep 4711\r');
    await until('the sleep', async () => (await processes()).includes('sleep 4711'));
    sat.close();
    await until('its end', async () => !/sleep 4711|^sh$/m.test(await processes()));
  });

  test('a container that ends ends the shell in it', async () => {
    const id = await start(PART);
    const sat = shellIn(id);
    sat.type('echo ready\r');
    await sat.shows(/^ready/m);
    await engine.containers.kill(id);
    await sat.shows('exit code 137');
  });

  test('a command that is not there is told in the terminal', async () => {
    const id = await start(PART);
    const sat = shellIn(id, ['/qs-nothing']);
    await sat.shows(/qs-nothing|exit code 12[67]/);
  });

  test('much output neither freezes the editor nor gets lost', async () => {
    const id = await start(PART);
    const megabytes = 16;
    const stalls = watchStalls();
    const command = ['sh', '-c', `head -c ${megabytes}m /dev/zero | tr '\\0' x; echo; echo the end`];
    const sat = shellIn(id, command);
    let drawn = 0;
    await until('the end of it', () => {
      const at = sat.text.indexOf('the end');
      if (at === -1) return false;
      drawn = at;
      return true;
    });
    const { longest, control } = await stalls();
    assert.ok(drawn >= megabytes * 1024 * 1024, `${drawn} characters`);
    assert.ok(longest < 500 + control, `the editor waited for ${longest} ms, an idle thread for ${control}`);
  });

  test('attached, one leaves by the keys and the container goes on', async () => {
    const id = await start(PART, { command: ['sh'], init: false, tty: true, interactive: true });
    const sat = sit(attachTerminal(engine, { id, name: 'web' }));
    await sat.shows('ctrl-p,ctrl-q');
    sat.type('echo $((6 * 7))\r');
    await sat.shows(/^42/m);
    sat.type('\x10');
    sat.type('\x11');
    await sat.shows('The container goes on');
    assert.equal(await stateOf(id), 'running');

    const again = sit(attachTerminal(engine, { id, name: 'web' }));
    again.type('exit 4\r');
    await until('its end', async () => {
      again.type('exit 4\r');
      return (await stateOf(id)) === 'exited';
    });
    await again.shows('exit code 4');
  });

  test('attached to a program without a terminal, lines end and input is echoed', async () => {
    const command = [
      'sh',
      '-c',
      'echo hello; while read line && test "$line" != end; do echo "<$line>"; done; echo over',
    ];
    const id = await start(PART, { command, init: false, interactive: true });
    const sat = sit(attachTerminal(engine, { id, name: 'web' }));
    await sat.shows('Attached');
    sat.type('on');
    sat.type('e\r');
    await sat.shows('one\r\n<one>\r\n');
    sat.type('end\r');
    await sat.shows(/over\r\n[^]*exit code 0/);
  });

  test('a run shows all, takes the name of its container, and tells its end', async () => {
    const spec: RunSpec = {
      image: BASE,
      command: ['sh', '-c', 'echo hello; read x; exit 9'],
      tty: true,
      interactive: true,
      labels,
    };
    const { options, started } = runTerminal(engine, await createBody(spec), {
      name: BASE,
      keys: await detachKeysOf(engine),
      left: () => assert.fail('nobody left'),
    });
    const sat = sit(options, { columns: 90, rows: 30 });
    const { id } = await started;
    await sat.shows('hello');
    const name = (await look(id))?.Name.slice(1);
    await until('its name', () => sat.name === name);
    sat.type('\r');
    await sat.shows('exit code 9');
  });

  test('a run whose terminal is closed goes on, and says so', async () => {
    const spec: RunSpec = {
      image: BASE,
      command: ['sh'],
      init: true,
      tty: true,
      interactive: true,
      labels,
    };
    const gone: string[] = [];
    const { options, started } = runTerminal(engine, await createBody(spec), {
      name: BASE,
      keys: await detachKeysOf(engine),
      left: (id) => gone.push(id),
    });
    const sat = sit(options);
    const { id } = await started;
    sat.close();
    await until('word of it', () => gone.length > 0);
    assert.deepEqual(gone, [id]);
    // A signal that it must not get would have reached it before another has lived its whole life.
    await run('quayside.containers.run', { image: BASE, command: ['true'], labels, show: false });
    assert.equal(await stateOf(id), 'running');
  });

  test('a run that cannot be started closes its terminal', async () => {
    const spec: RunSpec = { image: BASE, command: ['/qs-nothing'], labels };
    const { options, started } = runTerminal(engine, await createBody(spec), {
      name: BASE,
      keys: await detachKeysOf(engine),
      left: () => assert.fail('nobody left'),
    });
    const sat = sit(options);
    await refuses(started, 'notFound', /qs-nothing/);
    await until('its end', () => sat.closed);
  });

  test('a session is offered again when its container runs again, and never begun by itself', async () => {
    const id = await start(PART, { init: false });
    const sat = shellIn(id);
    sat.type('echo "$((40 + 2))"\r');
    await sat.shows('42');
    await engine.containers.kill(id);
    await sat.shows('The container has stopped.');
    await engine.containers.start(id);
    await sat.shows('The container runs again. Press Enter');
    assert.equal((await engine.containers.top(id)).processes.length, 1, 'no shell before Enter');
    sat.type('\r');
    sat.type('echo "$((50 + 5))"\r');
    await sat.shows('55');
  });

  test('a session whose connection was lost is offered again when it is there again', async () => {
    const id = await start(PART);
    await using way = await proxied();
    const sat = sit(execTerminal(way.far, { id, name: 'web' }, { command: ['sh'] }));
    sat.type('echo "$((40 + 2))"\r');
    await sat.shows('42');
    await way.proxy.down();
    await sat.shows('The engine cannot be reached.');
    await way.proxy.up();
    way.far.model.reconnect();
    await sat.shows('The engine can be reached again. Press Enter');
    sat.type('\r');
    sat.type('echo "$((50 + 5))"\r');
    await sat.shows('55');
    assert.doesNotMatch(sat.text, /The container/);
    sat.close();
  });

  test('a session in a container that was removed is over', async () => {
    const id = await start(PART);
    const sat = shellIn(id);
    sat.type('echo "$((40 + 2))"\r');
    await sat.shows('42');
    await engine.containers.remove(id, { force: true });
    await sat.shows('The container is gone.');
    await until('the last key', () => (sat.type(' '), sat.closed));
  });

  test('several logs are one, in the order of their times', async () => {
    const one = await start(PART);
    const two = await start(PART);
    const says = (id: string, words: string) =>
      engine.exec.run(id, { command: ['sh', '-c', `echo "$1" > /proc/1/fd/1`, 'sh', words] });
    await says(one, 'first');
    await says(two, 'second');
    await says(one, 'third');
    const sources = [
      { engine, id: one, name: 'one' },
      { engine, id: two, name: 'second-one' },
    ];
    const sat = sit(mergedLogTerminal(sources, { tail: 100 }));
    await sat.shows('third');
    await says(two, 'fourth');
    await sat.shows('fourth');
    const colour = new RegExp(`${String.fromCharCode(27)}\\[\\d*m`, 'g');
    assert.deepEqual(sat.text.replaceAll(colour, '').trim().split('\r\n'), [
      'one        | first',
      'second-one | second',
      'one        | third',
      'second-one | fourth',
    ]);
  });

  test('a log that cannot be read leaves the others of the merged terminal', async () => {
    const command = ['sh', '-c', 'while sleep 0.2; do echo words; done'];
    const [one, two] = [await start(PART, { command }), await start(PART, { logDriver: 'none' })];
    const sources = [
      { engine, id: one, name: 'one' },
      { engine, id: two, name: 'two' },
    ];
    const sat = sit(mergedLogTerminal(sources, { tail: 100 }));
    await sat.shows('keeps no log that can be read');
    const before = sat.text.length;
    await until('more words', () => sat.text.indexOf('words', before) !== -1);
  });

  test('logs go on over a restart, and end with the container', async () => {
    const command = ['sh', '-c', 'echo "run $(cat /n 2>/dev/null)"; echo again > /n; exec sleep 1000'];
    const id = await start(PART, { command, init: false });
    const sat = sit(logTerminal(engine, { id, name: 'web' }, { tail: 1000 }));
    await sat.shows('run \r\n');
    await engine.containers.restart(id, { timeout: 0 });
    await sat.shows(/stopped[^]*exit code 137[^]*started again[^]*run again\r\n/);
    await engine.containers.remove(id, { force: true });
    await sat.shows('was removed');
  });

  test('Ctrl+C ends the following of a log', async () => {
    const id = await start(PART, { command: ['sh', '-c', 'echo hello; exec sleep 1000'] });
    const sat = sit(logTerminal(engine, { id, name: 'web' }, { timestamps: true }));
    await sat.shows(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z hello\r\n/);
    sat.type(CTRL_C);
    await sat.shows('No longer followed');
  });

  test('the shell command opens the login shell, in a terminal that is its answer', async () => {
    const id = await start(PART, { name: 'qs-host-shell' });
    const terminal = (await run('quayside.containers.shell', { id })) as Terminal;
    assert.equal(terminal.name, 'qs-host-shell');
    assert.ok(window.terminals.includes(terminal));
    terminal.sendText('echo "$0" > /tmp/shell');
    const read = async (): Promise<string> => {
      const found = await run(
        'quayside.containers.exec',
        { id },
        { command: ['cat', '/tmp/shell'], show: false },
      );
      return found && !Array.isArray(found) ? found.stdout : '';
    };
    assert.equal(await until('the shell', async () => (await read()).trim() || undefined), '/bin/sh');
  });

  test('the terminal of the attach command talks to the program', async () => {
    const id = await start(PART, { command: ['sh'], init: false, tty: true, interactive: true });
    const terminal = (await run('quayside.containers.attach', { id })) as Terminal;
    terminal.sendText('exit 6');
    const ended = await until('its end', async () => {
      const found = await look(id);
      return found?.State.Status === 'exited' && found;
    });
    assert.equal(ended.State.ExitCode, 6);
  });

  test('an image without a shell says so', async () => {
    const { layers } = await busyboxImage();
    const entries = layers[0]?.entries.filter(({ path }) => /^bin\/(?:busybox)?$/.test(path)) ?? [];
    await loadImage(engineHost, 'quayside-host/bare:latest', {
      layers: [{ createdBy: 'COPY busybox /bin/busybox', entries }],
      config: {},
    });
    const id = await start(PART, {
      image: 'quayside-host/bare:latest',
      entrypoint: ['/bin/busybox'],
      command: ['sleep', '1000'],
      init: false,
    });
    await refuses(run('quayside.containers.shell', { id }), 'notFound', /has no shell/);
    await engine.containers.remove(id, { force: true });
    await engine.images.remove('quayside-host/bare:latest');
  });

  test('what does not run cannot be entered', async () => {
    const id = await start(PART, { command: ['true'] });
    await until('its end', async () => (await stateOf(id)) === 'exited');
    await refuses(run('quayside.containers.shell', { id }), 'conflict', /not running/);
    await refuses(run('quayside.containers.attach', { id }), 'conflict', /not running/);
  });
});
