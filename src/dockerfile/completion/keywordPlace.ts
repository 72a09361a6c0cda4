import type { Model } from '../model/model';
import type { Span } from '../model/text';
import { spanBack, unmarked, type Cursor } from './cursor';

export type KeywordPlace = Cursor;

/** The keyword at the cursor, or the empty place where one can begin; undefined in the middle of something else. */
export function spanOfKeyword(
  { lines }: Model,
  offset: number,
  place: KeywordPlace | undefined,
): Span | undefined {
  if (place) {
    const typed = unmarked(place.head.keywordWord.text);
    return /^[A-Za-z]*$/.test(typed) ? spanBack(place, typed.length) : undefined;
  }
  let end = offset;
  while (/[A-Za-z]/.test(lines.text.charAt(end))) end += 1;
  return { start: offset, end };
}
