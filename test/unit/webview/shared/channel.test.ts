import { expect, test } from 'vitest';
import { Channel } from '../../../../webview/shared/channel';

interface Talk {
  readonly toWebview: { readonly type: 'news'; readonly text: string };
  readonly toHost: { readonly type: 'seen' };
  readonly requests: { readonly double: { readonly asks: number; readonly gets: number } };
}

function open() {
  const sent: unknown[] = [];
  const news: string[] = [];
  const window = new EventTarget();
  const channel = new Channel<Talk>({ postMessage: (message) => sent.push(message) }, window, ({ text }) =>
    news.push(text),
  );
  const arrives = (data: unknown) => window.dispatchEvent(new MessageEvent('message', { data }));
  return { channel, sent, news, arrives };
}

test('messages travel both ways in envelopes', () => {
  const { channel, sent, news, arrives } = open();
  channel.ready();
  channel.post({ type: 'seen' });
  arrives({ kind: 'message', message: { type: 'news', text: 'hello' } });
  expect(sent).toEqual([{ kind: 'ready' }, { kind: 'message', message: { type: 'seen' } }]);
  expect(news).toEqual(['hello']);
});

test('every answer finds its question, in whatever order they come', async () => {
  const { channel, sent, arrives } = open();
  const first = channel.request('double', 1);
  const second = channel.request('double', 2);
  const [a, b] = sent as { id: number }[];
  arrives({ kind: 'reply', id: b?.id, value: 4 });
  arrives({ kind: 'reply', id: a?.id, value: 2 });
  expect(await Promise.all([first, second])).toEqual([2, 4]);
});

test('a refusal rejects with the sentence of the host', async () => {
  const { channel, sent, arrives } = open();
  const asked = channel.request('double', 1);
  arrives({ kind: 'rejection', id: (sent[0] as { id: number }).id, reason: 'No.' });
  await expect(asked).rejects.toThrow('No.');
});

test('what is no envelope, and an answer nobody waits for, do nothing', () => {
  const { news, arrives } = open();
  for (const data of [null, 'text', 7, {}, { kind: 'reply', id: 99, value: 1 }]) arrives(data);
  expect(news).toEqual([]);
});
