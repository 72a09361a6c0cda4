import { number, record, text, textMap } from './read';

/** One event of `GET /events`, in the shape that API 1.41 and 1.52 share. */
export interface AnyEvent {
  /** `container`, `image`, `volume`, `network`, `builder`, `daemon`, `plugin`, `service` … */
  readonly type: string;
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

/** An event of what the model holds. */
export interface EngineEvent extends AnyEvent {
  readonly type: 'container' | 'image' | 'volume' | 'network';
}

const TYPES: ReadonlySet<string> = new Set(['container', 'image', 'volume', 'network']);

/** `undefined` for an event of a type that the model does not hold. */
export function parseEvent(value: unknown): EngineEvent | undefined {
  const event = parseAnyEvent(value);
  return event && isHeld(event) ? event : undefined;
}

function isHeld(event: AnyEvent): event is EngineEvent {
  return TYPES.has(event.type);
}

/** `undefined` for what is no event. */
export function parseAnyEvent(value: unknown): AnyEvent | undefined {
  const item = record(value);
  const type = text(item['Type']);
  if (type === '') return undefined;
  const actor = record(item['Actor']);
  const [action = '', ...detail] = text(item['Action']).split(':');
  const seconds = number(item['time']);
  return {
    type,
    action,
    detail: detail.join(':').trim(),
    id: text(actor['ID']),
    attributes: textMap(actor['Attributes']),
    // JSON.parse rounds timeNano, to well under a millisecond.
    time: number(item['timeNano']) / 1e6 || seconds * 1000,
  };
}
