import { judge, rangesIn } from '../query';
import { Classifier } from './classify';
import type { Answers, Asked } from './messages';

// What may take long is done here, beside the page: it stays alive whatever an expression of the user does.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const classifiers = new Map<string, Classifier>();

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const value = answer(data);
  const transfer = data.kind === 'classify' ? [data.text.buffer, data.meta.buffer] : [];
  self.postMessage({ id: data.id, value }, { transfer });
});

function answer(asked: Asked): Answers[keyof Answers] {
  switch (asked.kind) {
    case 'classify': {
      const classifier = classifiers.get(asked.order) ?? new Classifier();
      classifiers.set(asked.order, classifier);
      classifier.classify(decoder.decode(asked.text), asked.meta);
      return { text: asked.text, meta: asked.meta };
    }
    case 'judge':
      return judge(decoder.decode(asked.text), asked.count, asked.query);
    case 'ranges':
      return asked.texts.map((text) => rangesIn(text, asked.query));
  }
}
