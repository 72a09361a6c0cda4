import type { DetailsStrings } from '../../src/protocol/details';
import type { StatsContainer } from '../../src/protocol/stats';
import { fill, moment } from '../shared/l10n';

/** What to know before anything else, in whole sentences; empty while it simply runs. */
export function headline(container: StatsContainer, strings: DetailsStrings, now: number): string {
  const { problem, state, since, exitCode } = container;
  if (problem !== undefined) return `${problem} ${strings.back}`;
  if (state === 'removed') return strings.gone;
  if (state === 'paused') return strings.paused;
  if (state === 'created') return strings.notStarted;
  if (state !== 'exited' && state !== 'dead') return '';
  const sentences = [
    since === undefined ? '' : fill(strings.notRunningSince, moment(since, now)),
    exitCode === undefined ? '' : fill(strings.exitCode, exitCode),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
