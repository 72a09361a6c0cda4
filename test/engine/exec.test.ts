import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Exec, type ExecSession } from '../../src/engine/exec';
import { collectOutput } from '../../src/engine/streams/collect';
import { outputOf } from '../../src/engine/streams/terminal';
import { ask } from '../rig/engine';
import { created, removeLabelled, started, stateOf } from './support/box';
import { connect } from './support/connect';

const LABEL = 'exec';
const exec = new Exec(connect().requests);
const never = new AbortController().signal;
let id = '';

beforeAll(async () => {
  id = await started(LABEL, { script: 'sleep 600' });
});
afterAll(() => removeLabelled(LABEL));

const sh = (script: string): { command: string[] } => ({ command: ['sh', '-c', script] });

/** All that a session shows, as it comes. */
function shown(session: ExecSession): { text: string; over: Promise<void> } {
  const seen = { text: '', over: Promise.resolve() };
  seen.over = (async () => {
    for await (const batch of outputOf(session))
      for (const { data } of batch) seen.text += data.toString('latin1');
  })();
  return seen;
}

describe('run', () => {
  test('tells both outputs and the exit code', async () => {
    const { stdout, stderr, exitCode } = await exec.run(id, sh('echo out; echo err >&2; exit 3'));
    expect([stdout.toString(), stderr.toString(), exitCode]).toEqual(['out\n', 'err\n', 3]);
  });

  test('takes user, folder and environment', async () => {
    const { stdout } = await exec.run(id, {
      ...sh('id -un; pwd; echo "$GREETING"'),
      user: 'guest',
      workdir: '/var',
      env: { GREETING: 'a b=c\n"d"' },
    });
    expect(stdout.toString()).toBe('guest\n/var\na b=c\n"d"\n');
  });

  test('gives the command its input and its end, and all output after it', async () => {
    const stdin = Buffer.alloc(5_000_000, 'é\0\xff', 'latin1');
    const { stdout, exitCode } = await exec.run(id, { ...sh('cat; echo done'), stdin });
    expect(exitCode).toBe(0);
    expect(stdout.equals(Buffer.concat([stdin, Buffer.from('done\n')]))).toBe(true);
  });

  test('feeds from a stream, and leaves it when the command has had enough', async () => {
    let left = false;
    const endless = Readable.from(
      (async function* () {
        try {
          for (;;) yield await Promise.resolve(Buffer.alloc(65_536, 'x'));
        } finally {
          left = true;
        }
      })(),
    );
    const { stdout, exitCode } = await exec.run(id, { command: ['head', '-c', '3'], stdin: endless });
    expect([stdout.toString(), exitCode]).toEqual(['xxx', 0]);
    await expect.poll(() => left).toBe(true);
  });

  test('does not wait for input that nobody wants', async () => {
    const idle = new Readable({ read: () => undefined });
    expect(await exec.run(id, { command: ['true'], stdin: idle })).toMatchObject({ exitCode: 0 });
    expect(idle.destroyed).toBe(true);
  });

  test('rejects with the error of the stream it feeds from', async () => {
    const failing = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.from('x'));
        throw new Error('the disk is gone');
      })(),
    );
    await expect(exec.run(id, { command: ['cat'], stdin: failing })).rejects.toMatchObject({
      kind: 'unknown',
      message: 'the disk is gone',
    });
  });

  test.each([
    ['is not there', ['nope'], 127, /nope/],
    ['is not executable', ['/etc/passwd'], 126, /permission denied/],
  ])('tells of a command that %s', async (_, command, code, reason) => {
    const outcome = await exec.run(id, { command }).then(
      ({ exitCode, stdout, stderr }) => ({ exitCode, said: `${stdout.toString()}${stderr.toString()}` }),
      (error: unknown) => ({ exitCode: code, said: String((error as Error).cause) }),
    );
    // 20.10 says 126 for both.
    expect([code, 126]).toContain(outcome.exitCode);
    expect(outcome.said).toMatch(reason);
  });

  test('rejects for a container that is not there, or does not run', async () => {
    const stopped = await created(LABEL, { script: 'true' });
    await expect(exec.run('nobody-has-this-name', sh('true'))).rejects.toMatchObject({ kind: 'notFound' });
    await expect(exec.run(stopped, sh('true'))).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('can be cancelled, and the container answers', async () => {
    const stop = new AbortController();
    const running = exec.run(id, sh('touch /tmp/begun; sleep 600'), stop.signal);
    await expect.poll(async () => (await exec.run(id, sh('ls /tmp'))).stdout.toString()).toContain('begun');
    stop.abort();
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await stateOf(id)).Running).toBe(true);
  });

  test('keeps no more output than it may', async () => {
    await expect(exec.run(id, { ...sh('yes'), limit: 1_000_000 })).rejects.toMatchObject({ kind: 'invalid' });
    expect((await stateOf(id)).Running).toBe(true);
  });

  test('runs many at the same time without mixing them', async () => {
    const ran = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        exec.run(id, sh(`head -c 100000 /dev/zero | tr '\\0' '${String(i % 10)}'; exit ${String(i)}`)),
      ),
    );
    ran.forEach(({ stdout, exitCode }, i) => {
      expect(exitCode).toBe(i);
      expect(stdout.equals(Buffer.alloc(100_000, String(i % 10)))).toBe(true);
    });
  });
});

describe('start', () => {
  test('gives a terminal of the right size, follows its changes, and tells the exit code', async () => {
    const script =
      'trap "stty size" WINCH; until [ "$(stty size)" = "30 100" ]; do sleep 0.05; done; echo ready; until read line && [ -n "$line" ]; do :; done; echo "<$line>"; exit 4';
    const session = await exec.start(
      id,
      { ...sh(script), tty: true, stdin: true, size: { columns: 100, rows: 30 } },
      never,
    );
    const seen = shown(session);
    await expect.poll(() => seen.text).toContain('ready');
    await session.resize({ columns: 0, rows: 0 });
    await session.resize({ columns: 90, rows: 20 });
    await expect.poll(() => seen.text).toContain('20 90');
    session.stream.write('hello\r');
    await seen.over;
    expect(seen.text).toContain('<hello>');
    expect(await session.exitCode).toBe(4);
  });

  test('has frames without a terminal, and an end of input', async () => {
    const session = await exec.start(id, { ...sh('cat; echo err >&2; exit 5'), stdin: true }, never);
    session.stream.end('in');
    const { stdout, stderr } = await collectOutput(outputOf(session));
    expect([stdout.toString(), stderr.toString()]).toEqual(['in', 'err\n']);
    expect(await session.exitCode).toBe(5);
  });

  test('passes ctrl-p on at once: a shell needs it', async () => {
    const script = 'stty raw -echo; echo ready; dd bs=1 count=1 2>/dev/null | od -An -tx1';
    const session = await exec.start(id, { ...sh(script), tty: true, stdin: true }, never);
    const seen = shown(session);
    await expect.poll(() => seen.text).toContain('ready');
    session.stream.write('\x10');
    await seen.over;
    expect(seen.text).toContain('10');
    expect(await session.exitCode).toBe(0);
  });

  test('can be left, and the command goes on', async () => {
    const session = await exec.start(id, { ...sh('echo ready; sleep 600'), tty: true, stdin: true }, never);
    const seen = shown(session);
    await expect.poll(() => seen.text).toContain('ready');
    session.detach();
    await expect(seen.over).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await session.exitCode).toBeUndefined();
    expect(await ask('GET', `/exec/${session.id}/json`)).toMatchObject({ Running: true });
  });

  test('is left by the engine on the detach keys it was given', async () => {
    const request = { ...sh('echo ready; sleep 600'), tty: true, stdin: true, detachKeys: 'ctrl-a,b' };
    const session = await exec.start(id, request, never);
    const seen = shown(session);
    await expect.poll(() => seen.text).toContain('ready');
    session.stream.write('\x01b');
    await seen.over;
    expect(await session.exitCode).not.toBe(0);
  });

  test('ends with its signal, and nobody has to listen', async () => {
    const stop = new AbortController();
    const session = await exec.start(id, { ...sh('cat'), tty: true, stdin: true }, stop.signal);
    stop.abort();
    await expect.poll(() => session.stream.destroyed).toBe(true);
    await expect(session.exitCode).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
