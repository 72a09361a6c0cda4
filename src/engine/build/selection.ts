import type { Choose } from '../files/hostTree';
import type { FolderMatch, IgnoreRules } from './ignore';

interface Judged {
  readonly name: string;
  readonly match: FolderMatch;
  readonly choice: ReturnType<Choose>;
  /** The pattern that keeps it out, where one does. */
  readonly by: string | undefined;
}

/**
 * What an ignore file leaves of a context, as the docker CLI walks it (`pkg/archive`, `TarWithOptions` of moby): an
 * ignored folder is entered only when an exception begins with its name, and is then not packed itself. To be asked in
 * the order of a walk, for it remembers the folders it is in.
 */
export function selectionOf(rules: IgnoreRules): Choose {
  const judge = judgeOf(rules);
  return (name) => judge(name).choice;
}

/** The same, with the pattern that has decided. */
export function judgeOf(rules: IgnoreRules): (name: string) => Pick<Judged, 'choice' | 'by'> {
  const above: Judged[] = [];
  return (name) => {
    while (above.length > 0 && !name.startsWith(`${above.at(-1)?.name ?? ''}/`)) above.pop();
    const folder = above.at(-1);
    // Nothing below is looked at, so what has decided for the folder has decided for all.
    if (folder?.choice === 'skip') return folder;
    const { ignored, match, by } = rules.ignores(name, folder?.match ?? []);
    const choice = !ignored ? 'pack' : rules.mayHoldExceptions(name) ? 'enter' : 'skip';
    const judged: Judged = { name, match, choice, by };
    above.push(judged);
    return judged;
  };
}
