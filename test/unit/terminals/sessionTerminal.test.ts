import { expect, test, vi } from 'vitest';
import type { Size } from '../../../src/engine/streams/terminal';
import { SessionTerminal, type Console } from '../../../src/terminals/sessionTerminal';

/** A terminal whose session goes on until `end` is called. */
function terminal() {
  let end: (then: 'stay' | 'close') => void = () => undefined;
  const ended = new Promise<'stay' | 'close'>((resolve) => (end = resolve));
  const seen: { console?: Console; signal?: AbortSignal; input: string[]; sizes: Size[] } = {
    input: [],
    sizes: [],
  };
  const pty = new SessionTerminal((console, signal) => {
    seen.console = console;
    seen.signal = signal;
    console.onInput((data) => void seen.input.push(data));
    console.onResize((size) => void seen.sizes.push(size));
    return ended;
  });
  let closed = 0;
  pty.onDidClose(() => {
    closed++;
  });
  return { pty, seen, end, ended, closed: () => closed };
}

test('nothing runs before the terminal is open', () => {
  const { pty, seen } = terminal();
  expect(seen.console).toBeUndefined();
  pty.open({ columns: 80, rows: 24 });
  expect(seen.console?.size).toEqual({ columns: 80, rows: 24 });
});

test('a hidden terminal has no size, and tells none', () => {
  vi.useFakeTimers();
  const { pty, seen } = terminal();
  pty.open({ columns: 0, rows: 0 });
  expect(seen.console?.size).toBeUndefined();
  pty.setDimensions({ columns: 0, rows: 0 });
  vi.runAllTimers();
  expect(seen.sizes).toEqual([]);
  vi.useRealTimers();
});

test('while a window is dragged, the last size counts', () => {
  vi.useFakeTimers();
  const { pty, seen } = terminal();
  pty.open(undefined);
  for (let columns = 80; columns <= 100; columns++) pty.setDimensions({ columns, rows: 24 });
  expect(seen.console?.size).toEqual({ columns: 100, rows: 24 });
  vi.runAllTimers();
  expect(seen.sizes).toEqual([{ columns: 100, rows: 24 }]);
  vi.useRealTimers();
});

test('keys go to the session while it runs; the first after its end closes the terminal', async () => {
  const { pty, seen, end, ended, closed } = terminal();
  pty.open(undefined);
  pty.handleInput('ls\r');
  end('stay');
  await ended;
  await Promise.resolve();
  expect(closed()).toBe(0);
  pty.handleInput(' ');
  expect(seen.input).toEqual(['ls\r']);
  expect(closed()).toBe(1);
});

test('closing the terminal ends the session', () => {
  const { pty, seen } = terminal();
  pty.open(undefined);
  pty.close();
  expect(seen.signal?.aborted).toBe(true);
});

test('what is typed ahead waits for who listens', async () => {
  let listen: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (listen = resolve));
  const heard: string[] = [];
  const pty = new SessionTerminal(async ({ onInput }) => {
    await ready;
    onInput((data) => heard.push(data));
    return new Promise(() => undefined);
  });
  pty.open(undefined);
  pty.handleInput('l');
  pty.handleInput('s');
  listen();
  await ready;
  pty.handleInput('\r');
  expect(heard).toEqual(['l', 's', '\r']);
});

test('a session that asks for it closes its terminal', async () => {
  const { pty, end, ended, closed } = terminal();
  pty.open(undefined);
  end('close');
  await ended;
  await Promise.resolve();
  expect(closed()).toBe(1);
});

test('a session can give its terminal another name', () => {
  const { pty, seen } = terminal();
  const names: string[] = [];
  pty.onDidChangeName((name) => void names.push(name));
  pty.open(undefined);
  seen.console?.rename('web');
  expect(names).toEqual(['web']);
});
