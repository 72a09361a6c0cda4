/** The values of a source, and `silence` once whenever none has come for `ms`. */
export async function* withSilence<T>(source: AsyncIterable<T>, ms: number): AsyncGenerator<T | 'silence'> {
  const iterator = source[Symbol.asyncIterator]();
  let silent: (() => void) | undefined;
  // One timer for all values: there may be many sources.
  const timer = setTimeout(() => silent?.(), ms);
  try {
    for (;;) {
      const next = iterator.next();
      timer.refresh();
      const first = await new Promise<IteratorResult<T, unknown> | undefined>((resolve, reject) => {
        silent = () => resolve(undefined);
        next.then(resolve, reject);
      });
      if (!first) yield 'silence';
      const result = first ?? (await next);
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    clearTimeout(timer);
    // It may be waiting itself; its end is not waited for, and nobody is left to hear of its failure.
    iterator.return?.().then(undefined, () => undefined);
  }
}
