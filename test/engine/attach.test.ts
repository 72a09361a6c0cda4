import { afterAll, describe, expect, test } from 'vitest';
import { Attach, type AttachSession } from '../../src/engine/attach';
import { outputOf } from '../../src/engine/streams/terminal';
import { ask } from '../rig/engine';
import { created, removeLabelled, started, stateOf } from './support/box';
import { connect } from './support/connect';

const LABEL = 'attach';
const attach = new Attach(connect().requests);
const never = new AbortController().signal;

afterAll(() => removeLabelled(LABEL));

/** All that a session shows, as it comes; of stderr in brackets. */
function shown(session: AttachSession): { text: string; over: Promise<void> } {
  const seen = { text: '', over: Promise.resolve() };
  seen.over = (async () => {
    for await (const batch of outputOf(session)) {
      for (const { stream, data } of batch)
        seen.text += stream === 'stderr' ? `[${data.toString()}]` : data.toString();
    }
  })();
  return seen;
}

const interactive = { OpenStdin: true };

describe('open', () => {
  test('joins both outputs and the input, and tells the exit code', async () => {
    const id = await started(LABEL, {
      script: 'while read line; do echo "out $line"; echo "err $line" >&2; [ "$line" = end ] && exit 6; done',
      config: interactive,
    });
    const session = await attach.open(id, {}, never);
    expect(session.tty).toBe(false);
    const seen = shown(session);
    session.stream.write('one\n');
    await expect.poll(() => seen.text).toMatch(/out one\n.*\[err one\n\]|\[err one\n\].*out one\n/s);
    session.stream.write('end\n');
    await seen.over;
    expect(await session.exitCode).toBe(6);
  });

  test('ends the input of a container that was made for one', async () => {
    const id = await started(LABEL, {
      script: 'cat; echo done',
      config: { ...interactive, StdinOnce: true },
    });
    const session = await attach.open(id, {}, never);
    const seen = shown(session);
    session.stream.end('é\0x');
    await seen.over;
    expect(seen.text).toBe('é\0xdone\n');
    expect(await session.exitCode).toBe(0);
  });

  test('leaves a container running that is detached from, and comes back to it', async () => {
    const id = await started(LABEL, {
      script: 'while read line; do echo "<$line>"; done',
      config: { ...interactive, Tty: true },
    });
    const first = await attach.open(id, { size: { columns: 80, rows: 24 } }, never);
    expect(first.tty).toBe(true);
    const seen = shown(first);
    first.stream.write('one\r');
    await expect.poll(() => seen.text).toContain('<one>');
    first.detach();
    await expect(seen.over).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await first.exitCode).toBeUndefined();
    const second = await attach.open(id, {}, never);
    const again = shown(second);
    second.stream.write('two\r');
    await expect.poll(() => again.text).toContain('<two>');
    second.detach();
    await expect(again.over).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await stateOf(id)).Running).toBe(true);
  });

  test('is left by the engine on the detach keys', async () => {
    const id = await started(LABEL, { script: 'cat', config: { ...interactive, Tty: true } });
    const session = await attach.open(id, { detachKeys: 'ctrl-x,q' }, never);
    const seen = shown(session);
    session.stream.write('\x18q');
    await seen.over;
    expect((await stateOf(id)).Running).toBe(true);
    session.detach();
    expect(await session.exitCode).toBeUndefined();
  });

  test('makes a program draw again: its terminal changes to another size and back', async () => {
    const id = await started(LABEL, {
      script: 'trap "stty size" WINCH; echo ready; while :; do sleep 0.02; done',
      config: { ...interactive, Tty: true, HostConfig: { Init: false } },
    });
    await ask('POST', `/containers/${id}/resize?h=24&w=80`);
    const session = await attach.open(id, { size: { columns: 80, rows: 24 } }, never);
    const seen = shown(session);
    await expect.poll(() => seen.text).toContain('24 80');
    const before = seen.text.length;
    await session.resize({ columns: 100, rows: 40 });
    await expect.poll(() => seen.text.slice(before)).toContain('40 100');
    session.detach();
    await expect(seen.over).rejects.toMatchObject({ kind: 'cancelled' });
  });

  test('gives no input to a container without one, or when none is wanted', async () => {
    const id = await started(LABEL, { script: 'cat; sleep 600', config: interactive });
    const session = await attach.open(id, { stdin: false }, never);
    const seen = shown(session);
    session.stream.write('ignored\n');
    const other = await attach.open(id, {}, never);
    other.stream.write('heard\n');
    await expect.poll(() => seen.text).toBe('heard\n');
    session.detach();
    other.detach();
    await expect(seen.over).rejects.toMatchObject({ kind: 'cancelled' });
    other.stream.destroy();
  });

  test('says why a container cannot be attached to', async () => {
    const name = `attach-${String(process.pid)}`;
    const stopped = await created(LABEL, { script: 'true', name });
    await expect(attach.open(stopped, {}, never)).rejects.toMatchObject({
      kind: 'conflict',
      message: `The container ${name} is not running. Start it first.`,
    });
    const paused = await started(LABEL, { script: 'sleep 600' });
    await ask('POST', `/containers/${paused}/pause`);
    await expect(attach.open(paused, {}, never)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('Unpause') as string,
    });
    await ask('POST', `/containers/${paused}/unpause`);
    await expect(attach.open('nobody-has-this-name', {}, never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  test('ends with its signal, and the container goes on', async () => {
    const id = await started(LABEL, { script: 'yes' });
    const stop = new AbortController();
    const session = await attach.open(id, {}, stop.signal);
    const reading = (async () => {
      for await (const batch of outputOf(session, stop.signal)) if (batch.length > 0) stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await session.exitCode).toBeUndefined();
    expect((await stateOf(id)).Running).toBe(true);
  });
});
