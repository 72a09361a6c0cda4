import { list, number, record, text } from '../wire/read';

/** A path that differs from the image: added, changed (a directory also by what is in it), deleted. */
export interface Change {
  readonly kind: 'A' | 'C' | 'D';
  readonly path: string;
}

const KINDS = ['C', 'A', 'D'] as const;

/** The answer of `GET /containers/{id}/changes`; nothing at all when nothing changed. */
export function parseChanges(answer: unknown): Change[] {
  const changes: Change[] = [];
  for (const item of list(answer)) {
    const { Kind, Path } = record(item);
    const kind = KINDS[number(Kind)];
    const path = text(Path);
    if (kind && path !== '') changes.push({ kind, path });
  }
  return changes;
}
