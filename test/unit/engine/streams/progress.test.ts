import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransferProgress } from '../../../../src/engine/streams/progress';
import type { Json } from '../../../../src/engine/wire/read';

/** What Docker 20.10 really sent. */
function recorded(name: string): Json[] {
  const text = readFileSync(path.join(import.meta.dirname, 'fixtures', `${name}.ndjson`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
}

/** One message about a layer. */
const layer = (id: string, status: string, current?: number, total?: number, units?: string): Json => ({
  id,
  status,
  progressDetail: current === undefined ? {} : { current, total, units },
});

function fold(kind: 'pull' | 'push' | 'load', messages: readonly Json[]): TransferProgress {
  const progress = new TransferProgress(kind);
  for (const message of messages) progress.add(message);
  return progress;
}

/** The fraction after each message, at one message per 100 ms. */
function fractions(kind: 'pull' | 'push' | 'load', messages: readonly Json[]): number[] {
  const progress = new TransferProgress(kind);
  return messages.map((message, i) => {
    progress.add(message);
    return progress.progress(i * 100).fraction;
  });
}

describe('TransferProgress', () => {
  it.each(['pull', 'push', 'load'] as const)(
    'never goes back over a real %s, and is full only at its end',
    (kind) => {
      const messages = recorded(kind);
      const seen = fractions(kind, messages);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen[0]).toBeLessThan(0.02);
      expect(seen.filter((fraction) => fraction > 0.1 && fraction < 0.9).length).toBeGreaterThan(0);
      expect(seen.at(-1)).toBeGreaterThan(0.98);
      expect(seen.at(-1)).toBeLessThan(1);
      const progress = fold(kind, messages);
      progress.finish();
      expect(progress.progress().fraction).toBe(1);
    },
  );

  it('tells the layers of a real pull, and what it came to', () => {
    const progress = fold('pull', recorded('pull'));
    progress.finish();
    expect(progress.progress().layers.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'bd2109d5db3d Already exists',
      '2a934e39c09f Pull complete',
      '87fa7209a909 Pull complete',
      '22e51ed77390 Pull complete',
    ]);
    expect(progress.progress().text).toBe(
      'Status: Downloaded newer image for localhost:5077/streams/img:latest',
    );
    expect(progress.result()).toEqual({
      digest: 'sha256:185f4f20408598c9ce5419276af1fb9657c7a64178b193e22367275f93052724',
      outcome: 'transferred',
      loaded: [],
    });
  });

  it('tells a pull that found all there', () => {
    const progress = fold('pull', [
      { id: 'latest', status: 'Pulling from library/busybox' },
      { status: `Digest: sha256:${'a'.repeat(64)}` },
      { status: 'Status: Image is up to date for busybox:latest' },
    ]);
    progress.finish();
    expect(progress.progress().layers).toEqual([]);
    expect(progress.result()).toEqual({
      digest: `sha256:${'a'.repeat(64)}`,
      outcome: 'upToDate',
      loaded: [],
    });
  });

  it.each([
    ['push', 'transferred'],
    ['pushAgain', 'upToDate'],
  ])('tells what a real %s came to', (name, outcome) => {
    const progress = fold('push', recorded(name));
    progress.finish();
    expect(progress.result()).toMatchObject({
      digest: 'sha256:185f4f20408598c9ce5419276af1fb9657c7a64178b193e22367275f93052724',
      outcome,
    });
  });

  it('tells what a load put there', () => {
    const progress = fold('load', [
      { stream: 'Loaded image: localhost:5000/a/b:latest\n' },
      { stream: `Loaded image ID: sha256:${'b'.repeat(64)}\n` },
    ]);
    expect(progress.result().loaded).toEqual(['localhost:5000/a/b:latest', `sha256:${'b'.repeat(64)}`]);
  });

  it('counts a download as four fifths of a layer, by its bytes', () => {
    const messages = [
      layer('aaa', 'Pulling fs layer'),
      layer('bbb', 'Pulling fs layer'),
      layer('ccc', 'Already exists'),
      layer('aaa', 'Downloading', 0, 300),
      layer('bbb', 'Downloading', 50, 100),
      layer('aaa', 'Download complete'),
      layer('aaa', 'Extracting', 150, 300),
      layer('aaa', 'Pull complete'),
    ];
    expect(fractions('pull', messages)).toEqual([
      0,
      0,
      0,
      0,
      (0.8 * 50) / 400,
      (0.8 * 350) / 400,
      (0.8 * 350 + 0.1 * 300) / 400,
      (300 + 0.8 * 50) / 400,
    ]);
  });

  it('does not take the seconds of the containerd store for bytes', () => {
    const progress = fold('pull', [
      layer('aaa', 'Downloading', 100, 100),
      layer('aaa', 'Download complete'),
      layer('aaa', 'Extracting', 7, undefined, 's'),
    ]);
    expect(progress.progress().fraction).toBe(0.8);
    expect(progress.progress().layers).toEqual([{ id: 'aaa', status: 'Extracting' }]);
  });

  it('does not count what is pushed beyond its told size', () => {
    const messages = [layer('aaa', 'Pushing', 300, 100), layer('bbb', 'Pushing', 0, 300)];
    expect(fold('push', messages).progress().fraction).toBe(0.25);
  });

  it('lets the bytes of a layer that is not known yet weigh as the usual ones', () => {
    const messages = [
      layer('aaa', 'Downloading', 100, 100),
      layer('bbb', 'Downloading', 0, 1000),
      layer('ccc', 'Downloading', 0, 10),
      layer('ddd', 'Waiting'),
    ];
    expect(fold('pull', messages).progress().fraction).toBeCloseTo(80 / 1210, 10);
  });

  it('follows a load by the bytes sent, then by the layers', () => {
    const progress = new TransferProgress('load', { expectedBytes: 1000 });
    progress.uploaded(500);
    expect(progress.progress().fraction).toBe(0.25);
    progress.uploaded(1000);
    progress.add(layer('aaa', 'Loading layer', 400, 400));
    expect(progress.progress().fraction).toBe(0.7);
  });

  it('tells speed and time left once it can', () => {
    const progress = new TransferProgress('pull');
    progress.add(layer('aaa', 'Downloading', 0, 10_000));
    expect(progress.progress(0)).not.toHaveProperty('bytesPerSecond');
    for (let second = 1; second <= 5; second++) {
      progress.add(layer('aaa', 'Downloading', second * 1000, 10_000));
      progress.progress(second * 1000);
    }
    const { bytesPerSecond, secondsLeft } = progress.progress(5000);
    expect(bytesPerSecond).toBeCloseTo(1000, 5);
    // 4000 of 8000 weighted bytes are done at 800 a second, the extraction's 2000 come on top.
    expect(secondsLeft).toBeCloseTo(7.5, 5);
  });

  it('lets the speed fall when nothing comes any more, and not below nothing when a download starts again', () => {
    const progress = new TransferProgress('pull');
    progress.add(layer('aaa', 'Downloading', 0, 10_000));
    progress.progress(0);
    progress.add(layer('aaa', 'Downloading', 1000, 10_000));
    expect(progress.progress(1000).bytesPerSecond).toBe(1000);
    progress.add(layer('aaa', 'Downloading', 0, 10_000));
    expect(progress.progress(4000).bytesPerSecond).toBeCloseTo(1000 / Math.E, 5);
  });

  it('keeps few of very many layers', () => {
    const messages = Array.from({ length: 5000 }, (_, i) => layer(`layer${String(i)}`, 'Waiting'));
    expect(fold('pull', messages).progress().layers).toHaveLength(1000);
  });

  it('stays within 0 and 1 and never goes back, whatever is told', () => {
    const statuses = [
      'Downloading',
      'Extracting',
      'Pull complete',
      'Pushing',
      'Already exists',
      'Retrying in 5 seconds',
      '',
    ];
    const message = fc.record({
      id: fc.constantFrom('a', 'b', 'c', ''),
      status: fc.constantFrom(...statuses),
      progressDetail: fc.oneof(fc.record({ current: fc.integer(), total: fc.integer() }), fc.jsonValue()),
    });
    fc.assert(
      fc.property(fc.constantFrom('pull', 'push', 'load'), fc.array(message), (kind, messages) => {
        const seen = fractions(kind, messages);
        expect(seen.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
      }),
    );
  });
});
