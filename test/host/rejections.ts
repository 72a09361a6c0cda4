/**
 * Watches for promises that reject with nobody to handle it. Other extensions live in the same host: only what points at
 * the extension under test or at a test counts.
 */
export function watchRejections(): () => Promise<string[]> {
  const open = new Map<Promise<unknown>, unknown>();
  process.on('unhandledRejection', (reason, promise) => open.set(promise, reason));
  process.on('rejectionHandled', (promise) => open.delete(promise));
  return async () => {
    // Those of the last test are told of after the microtasks of this turn.
    await new Promise((resolve) => setImmediate(resolve));
    return [...open.values()].map(describe).filter((text) => /quayside|EngineError/i.test(text));
  };
}

function describe(reason: unknown): string {
  return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
}
