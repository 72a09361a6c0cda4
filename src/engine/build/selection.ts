import type { Choose } from '../files/hostTree';
import type { FolderMatch, IgnoreRules } from './ignore';

interface Judged {
  readonly name: string;
  readonly match: FolderMatch;
  readonly choice: ReturnType<Choose>;
}

/**
 * What an ignore file leaves of a context, as the docker CLI walks it (`pkg/archive`, `TarWithOptions` of moby): an
 * ignored folder is entered only when an exception begins with its name, and is then not packed itself. To be asked in
 * the order of a walk, for it remembers the folders it is in.
 */
export function selectionOf(rules: IgnoreRules): Choose {
  const above: Judged[] = [];
  return (name) => {
    while (above.length > 0 && !name.startsWith(`${above.at(-1)?.name ?? ''}/`)) above.pop();
    const folder = above.at(-1);
    if (folder?.choice === 'skip') return 'skip';
    const { ignored, match } = rules.ignores(name, folder?.match ?? []);
    const choice = !ignored ? 'pack' : rules.mayHoldExceptions(name) ? 'enter' : 'skip';
    above.push({ name, match, choice });
    return choice;
  };
}
