import type { LogsContainer, LogsStrings } from '../../src/protocol/logs';
import { el } from '../shared/dom';

/** What keeps a log from being read, or why no more of it comes; a line for each container that has something to say. */
export function notices(containers: readonly LogsContainer[], strings: LogsStrings): HTMLElement[] {
  const several = containers.length > 1;
  // One engine that is away has one sentence for all of its containers.
  const said = new Set<string>();
  return containers.flatMap(({ name, state, problem }) => {
    const text = problem !== '' ? problem : state === 'following' ? '' : strings[`state.${state}`];
    if (text === '' || said.has(text)) return [];
    said.add(text);
    const line = el('div', { class: problem === '' ? 'quiet' : 'notice problem' });
    line.append(...(several ? [el('span', { class: 'theirs' }, name), ': '] : []), text);
    return [line];
  });
}
