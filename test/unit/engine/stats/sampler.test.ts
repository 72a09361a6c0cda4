import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { StatsSampler } from '../../../../src/engine/stats/sampler';
import type { StatsSample } from '../../../../src/engine/stats/sample';
import { Channel } from '../logs/channel';

/** Stats that the test gives; `open` are the containers that are watched. */
function played() {
  const channels = new Map<string, Channel<StatsSample | 'gap'>>();
  const open: string[] = [];
  const errors: string[] = [];
  const watch = async function* (id: string, signal: AbortSignal): AsyncGenerator<StatsSample | 'gap'> {
    open.push(id);
    const channel = new Channel<StatsSample | 'gap'>();
    channels.set(id, channel);
    signal.addEventListener('abort', () => channel.fail(new EngineError('cancelled', 'Cancelled.')));
    try {
      yield* channel;
    } finally {
      open.splice(open.indexOf(id), 1);
    }
  };
  const sampler = new StatsSampler({ watch }, (id, { kind }) => errors.push(`${id} ${kind}`));
  return { sampler, channels, open, errors };
}

const sample = (pids: number): StatsSample => ({ pids }) as StatsSample;

describe('StatsSampler', () => {
  it('opens one stream per container for all who watch it, and closes it with the last', async () => {
    const { sampler, channels, open } = played();
    const heard: string[] = [];
    const note = (who: string) => (each: StatsSample | 'gap') =>
      void heard.push(`${who} ${each === 'gap' ? each : String(each.pids)}`);
    const [a, b] = [sampler.watch('c1', note('a')), sampler.watch('c1', note('b'))];
    sampler.watch('c2', note('other'));
    expect(open).toEqual(['c1', 'c2']);
    channels.get('c1')?.send(sample(1));
    await expect.poll(() => heard).toEqual(['a 1', 'b 1']);
    expect(sampler.latest('c1')?.pids).toBe(1);
    a.dispose();
    a.dispose();
    channels.get('c1')?.send('gap', sample(2));
    await expect.poll(() => heard.slice(2)).toEqual(['b gap', 'b 2']);
    b.dispose();
    await expect.poll(() => open).toEqual(['c2']);
    expect(sampler.latest('c1')).toBeUndefined();
    expect(sampler.size).toBe(1);
    sampler.dispose();
    await expect.poll(() => open).toEqual([]);
  });

  it('opens a stream again for who comes after the last has gone', async () => {
    const { sampler, open } = played();
    sampler.watch('c1', () => undefined).dispose();
    sampler.watch('c1', () => undefined);
    await expect.poll(() => open).toEqual(['c1']);
    expect(sampler.size).toBe(1);
  });

  it('tells a gap when a container is gone, and forgets it', async () => {
    const { sampler, channels, errors } = played();
    const heard: unknown[] = [];
    sampler.watch('c1', (each) => heard.push(each));
    channels.get('c1')?.end();
    await expect.poll(() => heard).toEqual(['gap']);
    await expect.poll(() => sampler.size).toBe(0);
    expect(errors).toEqual([]);
  });

  it('tells who cares what kept a container from being watched', async () => {
    const { sampler, channels, errors } = played();
    sampler.watch('c1', () => undefined);
    channels.get('c1')?.fail(new EngineError('denied', 'No.'));
    await expect.poll(() => errors).toEqual(['c1 denied']);
    expect(sampler.size).toBe(0);
  });

  it('does not tell of a stop that was asked for', async () => {
    const { sampler, open, errors } = played();
    const heard: unknown[] = [];
    sampler.watch('c1', (each) => heard.push(each)).dispose();
    await expect.poll(() => open).toEqual([]);
    expect({ heard, errors }).toEqual({ heard: [], errors: [] });
  });
});
