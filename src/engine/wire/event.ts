import { number, record, text, textMap } from './read';

/** One event of `GET /events`, in the shape that API 1.41 and 1.52 share. */
export interface EngineEvent {
  readonly type: 'container' | 'image' | 'volume' | 'network';
  /** Without its detail: `health_status`, not `health_status: healthy`. */
  readonly action: string;
  /** What follows the colon of an action, such as `healthy`. */
  readonly detail: string;
  /** Id of a container, network or image; name of a volume; reference for an image's `pull`. */
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** ms since 1970. */
  readonly time: number;
}

const TYPES: ReadonlySet<string> = new Set(['container', 'image', 'volume', 'network']);

/** `undefined` for an event of a type that is not shown. */
export function parseEvent(value: unknown): EngineEvent | undefined {
  const item = record(value);
  const type = text(item['Type']);
  if (!TYPES.has(type)) return undefined;
  const actor = record(item['Actor']);
  const [action = '', ...detail] = text(item['Action']).split(':');
  const seconds = number(item['time']);
  return {
    type: type as EngineEvent['type'],
    action,
    detail: detail.join(':').trim(),
    id: text(actor['ID']),
    attributes: textMap(actor['Attributes']),
    // JSON.parse rounds timeNano, to well under a millisecond.
    time: number(item['timeNano']) / 1e6 || seconds * 1000,
  };
}
