import { afterAll, describe, expect, test } from 'vitest';
import { Logs } from '../../src/engine/logs';
import { mergeLogs } from '../../src/engine/logs/merge';
import type { Divider, Lifecycle } from '../../src/engine/logs/restarts';
import type { LogLine } from '../../src/engine/streams/lines';
import { ndjson } from '../../src/engine/streams/ndjson';
import { parseEvent } from '../../src/engine/wire/event';
import { ask, behindProxy } from '../rig/engine';
import { created, ended, removeLabelled, started, stateOf } from './support/box';
import { connect } from './support/connect';

const LABEL = 'logs';
const { requests } = connect();
const logs = new Logs(requests);
const never = new AbortController().signal;

afterAll(() => removeLabelled(LABEL));

async function texts(lines: AsyncIterable<readonly LogLine[]>): Promise<string[]> {
  const all: string[] = [];
  for await (const batch of lines)
    all.push(...batch.map(({ stream, text }) => (stream === 'stderr' ? `[${text}]` : text)));
  return all;
}

/** What happens to a container, from the engine's own events, from now on. */
async function lifecycleOf(name: string, signal: AbortSignal): Promise<AsyncIterable<Lifecycle>> {
  // `since` makes the engine answer at once: without an event in sight it would not even send its headers.
  const since = String(Math.floor(Date.now() / 1000) - 60);
  const query = {
    since,
    filters: { type: ['container'], container: [name], event: ['start', 'die', 'destroy'] },
  };
  const stream = await requests.stream('GET', '/events', { query, signal });
  return (async function* () {
    for await (const json of ndjson(stream)) {
      const event = parseEvent(json);
      if (!event) continue;
      const { id, time } = event;
      if (event.action === 'start') yield { kind: 'started', id, time };
      else if (event.action === 'die')
        yield { kind: 'stopped', id, time, exitCode: Number(event.attributes['exitCode']) };
      else yield { kind: 'removed', id, time };
    }
  })();
}

const isDivider = (item: readonly LogLine[] | Divider): item is Divider => 'kind' in item;

describe('collect', () => {
  test('gives the bytes of both outputs', async () => {
    const id = await ended(LABEL, { script: `printf 'a\\0\\377\\r\\nb'; echo 'é' >&2` });
    const { stdout, stderr } = await logs.collect(id);
    // The engine keeps its logs as text: a byte that is none comes back as U+FFFD, for the CLI too.
    expect(stdout.toString()).toBe('a\0\ufffd\r\nb');
    expect(stderr.toString()).toBe('é\n');
  });

  test('gives a log that is one JSON value as it is', async () => {
    const id = await ended(LABEL, { script: `printf '{"a":1}'` });
    expect((await logs.collect(id)).stdout.toString()).toBe('{"a":1}');
  });

  test('takes a part of it: tail, one of the outputs, timestamps, a time', async () => {
    const id = await ended(LABEL, {
      script: 'echo bad >&2; sleep 0.3; for i in 1 2 3 4 5; do echo $i; done',
    });
    expect((await logs.collect(id, { tail: 2, stderr: false })).stdout.toString()).toBe('4\n5\n');
    expect((await logs.collect(id, { tail: 0 })).stdout.toString()).toBe('');
    const { stdout, stderr } = await logs.collect(id, { stdout: false, timestamps: true });
    expect(stdout.toString()).toBe('');
    expect(stderr.toString()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z bad\n$/);
    const [{ time: third } = { time: 0n }] = (await firstBatch(logs.lines(id, { stderr: false }))).slice(2);
    const since = `${String(third / 1_000_000_000n)}.${String(third % 1_000_000_000n).padStart(9, '0')}`;
    expect((await logs.collect(id, { since, stderr: false })).stdout.toString()).toBe('3\n4\n5\n');
    expect((await logs.collect(id, { since: '10m', until: '1h', stderr: false })).stdout.toString()).toBe('');
  });

  test('says why a container has no log, or that there is no container', async () => {
    const silent = await started(LABEL, { script: 'sleep 600', host: { LogConfig: { Type: 'none' } } });
    await expect(logs.collect(silent)).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('logging driver') as string,
    });
    await expect(texts(logs.lines(silent, { follow: true }))).rejects.toMatchObject({ kind: 'invalid' });
    await expect(logs.collect('nobody-has-this-name')).rejects.toMatchObject({ kind: 'notFound' });
    await expect(logs.collect(silent, { since: 'yesterday' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('asks the engine for what nobody told: whether there is a terminal', async () => {
    const id = await ended(LABEL, { script: 'echo one; echo two >&2', config: { Tty: true } });
    expect((await logs.collect(id)).stdout.toString()).toBe('one\r\ntwo\r\n');
    expect((await logs.collect(id, { tty: true })).stdout.toString()).toBe('one\r\ntwo\r\n');
    // From API 1.42 on the answer itself tells, and is believed.
    const mistaken = logs.collect(id, { tty: false });
    if (await requests.atLeast('1.42')) expect((await mistaken).stdout.toString()).toContain('one');
    else await expect(mistaken).rejects.toMatchObject({ kind: 'protocol' });
  });
});

async function firstBatch(lines: AsyncIterable<readonly LogLine[]>): Promise<readonly LogLine[]> {
  const all: LogLine[] = [];
  for await (const batch of lines) all.push(...batch);
  return all;
}

describe('lines', () => {
  const long =
    'head -c 20000 /dev/zero | tr "\\0" w; echo; head -c 40000 /dev/zero | tr "\\0" v; echo; printf end';

  test.each([false, true])('joins long lines (terminal: %s)', async (Tty) => {
    const id = await ended(LABEL, { script: `echo first; ${long}`, config: { Tty } });
    expect(await texts(logs.lines(id))).toEqual(['first', 'w'.repeat(20_000), 'v'.repeat(40_000), 'end']);
  });

  test('tells times that only go forward, of each output', async () => {
    const id = await ended(LABEL, { script: 'for i in 1 2 3; do echo $i; echo $i >&2; done' });
    const lines = await firstBatch(logs.lines(id));
    for (const stream of ['stdout', 'stderr']) {
      // The engine reads each output by itself: which comes first between the two is up to it.
      const one = lines.filter((line) => line.stream === stream);
      expect(one.map(({ text }) => text)).toEqual(['1', '2', '3']);
      const times = one.map(({ time }) => time);
      expect(times).toEqual([...times].sort((a, b) => Number(a - b)));
      expect(Math.abs(Number(times[0]) / 1e6 - Date.now())).toBeLessThan(60_000);
    }
  });

  test('follows until the container stops', async () => {
    const id = await started(LABEL, { script: 'for i in 1 2 3; do echo $i; sleep 0.2; done' });
    const seen: string[] = [];
    const times: number[] = [];
    for await (const batch of logs.lines(id, { follow: true })) {
      times.push(Date.now());
      seen.push(...batch.map(({ text }) => text));
    }
    expect(seen).toEqual(['1', '2', '3']);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(200);
  });

  test.each(['a quiet', 'a loud'])(
    'stops following %s container with its signal, and the container answers',
    async (kind) => {
      const id = await started(LABEL, { script: kind === 'a quiet' ? 'echo one; sleep 600' : 'yes' });
      const stop = new AbortController();
      const following = (async () => {
        for await (const batch of logs.lines(id, { follow: true }, stop.signal))
          if (batch.length > 0) stop.abort();
      })();
      await expect(following).rejects.toMatchObject({ kind: 'cancelled' });
      expect((await stateOf(id)).Running).toBe(true);
      await ask('POST', `/containers/${id}/kill`);
    },
  );

  test('can be left in the middle, and the container answers', async () => {
    const id = await started(LABEL, { script: 'yes' });
    let count = 0;
    for await (const batch of logs.output(id, { follow: true })) if ((count += batch.length) > 10_000) break;
    expect((await stateOf(id)).Running).toBe(true);
    await ask('POST', `/containers/${id}/kill`);
  });
});

describe('followAcrossRestarts', () => {
  test('gives every line of every run once, with dividers where they belong', async () => {
    const name = `restarts-${String(process.pid)}`;
    const id = await created(LABEL, {
      name,
      script:
        'n=$(cat /count 2>/dev/null); n=$((n+1)); echo $n >/count; echo "run $n"; sleep 0.3; printf "bye $n"; exit $n',
    });
    const stop = new AbortController();
    const lifecycle = await lifecycleOf(name, stop.signal);
    const seen: string[] = [];
    const following = (async () => {
      for await (const item of logs.followAcrossRestarts(id, {}, lifecycle, stop.signal)) {
        if (isDivider(item)) seen.push(`-- ${item.kind} ${String(item.exitCode ?? '')}`.trim());
        else seen.push(...item.map(({ text }) => text));
      }
    })();
    for (let run = 1; run <= 4; run++) {
      await ask('POST', `/containers/${id}/start`);
      await ask('POST', `/containers/${id}/wait`);
      // Not every time: the fourth run begins before the third is shown to have ended.
      if (run !== 3) await expect.poll(() => seen).toContain(`-- stopped ${String(run)}`);
    }
    await ask('DELETE', `/containers/${id}`);
    await following;
    const run = (n: number): string[] => [`run ${String(n)}`, `bye ${String(n)}`, `-- stopped ${String(n)}`];
    // Whether the log was opened before the first start is up to the engine.
    expect(seen.filter((item) => item !== '-- started')).toEqual(
      [1, 2, 3, 4].flatMap((n) => [...(n > 1 ? ['-- restarted'] : []), ...run(n)]),
    );
  });

  test('loses and doubles nothing when the connection is cut, again and again', async () => {
    await using proxy = await behindProxy();
    const id = await started(LABEL, {
      script:
        'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; [ $((i % 10)) = 0 ] && echo $i >&2; done; sleep 600',
    });
    const stop = new AbortController();
    const quiet: AsyncIterable<Lifecycle> = (async function* () {
      for (;;) {
        // What the model tells when its own connection is there again.
        await new Promise((resolve) => setTimeout(resolve, 50));
        yield { kind: 'connected' };
      }
    })();
    const seen: Record<LogLine['stream'], number[]> = { stdout: [], stderr: [] };
    let cuts = 0;
    const through = new Logs(connect(proxy.host).requests);
    const following = (async () => {
      for await (const item of through.followAcrossRestarts(id, { tty: false }, quiet, stop.signal)) {
        if (isDivider(item)) continue;
        for (const { stream, text } of item) seen[stream].push(Number(text));
        if (cuts < 8 && seen.stdout.length > cuts * 2000) {
          cuts++;
          proxy.cut();
        }
        if (seen.stdout.length >= 20_000 && seen.stderr.length >= 2000) stop.abort();
      }
    })();
    await expect(following).rejects.toMatchObject({ kind: 'cancelled' });
    expect(cuts).toBe(8);
    expect(seen.stdout).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 1));
    expect(seen.stderr).toEqual(Array.from({ length: 2000 }, (_, i) => (i + 1) * 10));
  });
});

describe('mergeLogs', () => {
  test('puts what several containers wrote into the order of time, live and from the past', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8 9 10; do echo $i; echo $i >&2; sleep 0.03; done';
    const ids = await Promise.all([1, 2, 3].map(() => started(LABEL, { script })));
    const merge = () =>
      mergeLogs(
        ids.map((id) => logs.lines(id, { follow: true })),
        // They end. How long one waits for a line that is late is for a slow machine to say.
        { window: Infinity },
        never,
      );
    for (const when of ['live', 'past']) {
      const lines = await firstBatch(merge());
      expect(lines, when).toHaveLength(60);
      expect(
        lines.map(({ time }) => time),
        when,
      ).toEqual(lines.map(({ time }) => time).sort((a, b) => Number(a - b)));
    }
  });
});
