/** An age in the engine's own coarse steps, as data: words for it are made where it is shown. */
export interface Age {
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  /** 0 seconds is "less than a second"; one minute and one hour are "about". */
  readonly count: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The age that `docker ps` shows for these ms (`go-units: HumanDuration`). A clock that runs ahead counts as 0. */
export function ageOf(ms: number): Age {
  const past = Math.max(0, ms);
  if (past < MINUTE) return { unit: 'second', count: Math.floor(past / SECOND) };
  if (past < HOUR) return { unit: 'minute', count: Math.floor(past / MINUTE) };
  const hours = Math.floor(past / HOUR + 0.5);
  if (hours < 48) return { unit: 'hour', count: hours };
  if (hours < 24 * 7 * 2) return { unit: 'day', count: Math.floor(hours / 24) };
  if (hours < 24 * 30 * 2) return { unit: 'week', count: Math.floor(hours / 24 / 7) };
  if (hours < 24 * 365 * 2) return { unit: 'month', count: Math.floor(hours / 24 / 30) };
  return { unit: 'year', count: Math.floor(Math.floor(past / HOUR) / 24 / 365) };
}

/** How late an age of a minute or more may be, in ms: with many of them there is always one about to change. */
const LATE = 10 * SECOND;

/** ms after which to look at an age again. Under a minute it reads otherwise every second. */
export function ageHolds(ms: number): number {
  const past = Math.max(0, ms);
  if (past < MINUTE) return SECOND - (past % SECOND);
  const left = past < HOUR ? MINUTE - (past % MINUTE) : HOUR - ((past + HOUR / 2) % HOUR);
  return Math.max(LATE, left);
}
