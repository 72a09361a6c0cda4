import { codeOf } from '../shared/visible';

/**
 * Characters that turn the direction of what follows: in the one line of a command they would make another command of
 * it, to the eye. They are shown by their code, and read back as what they are.
 */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const MARK = /⟦U\+([0-9A-F]{4})⟧/g;

export function withMarks(text: string): string {
  return text.replace(TURNING, (one) => `⟦${codeOf(one)}⟧`);
}

export function withoutMarks(text: string): string {
  return text.replace(MARK, (mark, code: string) => {
    const one = String.fromCharCode(parseInt(code, 16));
    return one.search(TURNING) === 0 ? one : mark;
  });
}
