import { expect, test } from 'vitest';
import { Channel, type Receiver } from '../../../src/panels/channel';

interface Talk {
  readonly toWebview: { readonly type: 'news' };
  readonly toHost: { readonly type: 'seen' };
  readonly requests: { readonly double: { readonly asks: number; readonly gets: number } };
}

function open() {
  const sent: unknown[] = [];
  const heard: string[] = [];
  let take: (data: unknown) => void = () => undefined;
  const receiver: Receiver<Talk> = {
    ready: () => heard.push('ready'),
    message: ({ type }) => heard.push(type),
    requests: {
      double: (asks) =>
        typeof asks === 'number' ? Promise.resolve(2 * asks) : Promise.reject(new Error('not a number')),
    },
    reason: (error) => `Sorry: ${(error as Error).message}`,
  };
  const channel = new Channel<Talk>(
    {
      postMessage: (message) => Promise.resolve(sent.push(message) > 0),
      onDidReceiveMessage: (listener) => {
        take = listener;
        return { dispose: () => undefined };
      },
    },
    receiver,
  );
  return { channel, sent, heard, take: (data: unknown) => take(data) };
}

test('the page says that it is there, and messages reach the receiver', () => {
  const { heard, take } = open();
  take({ kind: 'ready' });
  take({ kind: 'message', message: { type: 'seen' } });
  expect(heard).toEqual(['ready', 'seen']);
});

test('a request gets its answer, or the sentence of what went wrong', async () => {
  const { sent, take } = open();
  take({ kind: 'request', id: 1, name: 'double', asks: 21 });
  take({ kind: 'request', id: 2, name: 'double', asks: 'x' });
  take({ kind: 'request', id: 3, name: 'toString', asks: undefined });
  await expect.poll(() => sent).toHaveLength(3);
  expect(sent).toContainEqual({ kind: 'reply', id: 1, value: 42 });
  expect(sent).toContainEqual({ kind: 'rejection', id: 2, reason: 'Sorry: not a number' });
  expect(sent).toContainEqual({
    kind: 'rejection',
    id: 3,
    reason: 'Sorry: No request is named "toString".',
  });
});

test('what is no envelope does nothing', () => {
  const { sent, heard, take } = open();
  for (const data of [undefined, null, 3, 'ready', {}, { kind: 'message' }, { kind: 'request', id: 'x' }])
    take(data);
  expect([...sent, ...heard]).toEqual([]);
});
