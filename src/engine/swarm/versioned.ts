import { EngineError } from '../errors';
import type { Call, Requests } from '../requests';
import { number, record, type Json } from '../wire/read';

/** What is to become of a spec, and what goes with the request. */
export interface Change extends Pick<Call, 'query' | 'headers'> {
  readonly spec: Json;
}

/** Tries against others who change the same at the same time. */
const TRIES = 5;

/** The spec of a service or node. */
export async function specOf(requests: Requests, path: string, signal?: AbortSignal): Promise<Json> {
  return record(record(await requests.json('GET', path, { signal }))['Spec']);
}

/**
 * Change what a swarm keeps at `path`. The swarm takes a change only of the version it has; where somebody else was
 * faster, `change` is asked anew about what there is then.
 */
export async function updated(
  requests: Requests,
  path: string,
  signal: AbortSignal | undefined,
  change: (spec: Json) => Change | Promise<Change>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const there = record(await requests.json('GET', path, { signal }));
    const { spec, query, headers } = await change(record(there['Spec']));
    try {
      const version = number(record(there['Version'])['Index']);
      await requests.json('POST', `${path}/update`, {
        body: spec,
        query: { ...query, version },
        ...(headers && { headers }),
        signal,
      });
      return;
    } catch (error) {
      const overtaken = /update out of sequence/.test(String((error as EngineError).cause));
      if (!overtaken || attempt === TRIES) throw error;
    }
  }
}
