import type { EngineError } from '../errors';
import { LineError } from './invalid';
import { checkWord } from './commandLine/draft';
import { parseOptionWords, refuseConflicts } from './commandLine/parse';
import { tokenise } from './commandLine/tokenise';
import type { Expansion, Shell } from './commandLine/words';
import { parseImage, parseReference, familiarString, withDefaultTag } from './reference';
import type { RunSpec } from './spec';

/** A line of options that can be run, or what is wrong with it and which characters to underline. */
export type OptionsLine =
  | { readonly spec: Partial<RunSpec>; readonly expansions: readonly Expansion[] }
  | {
      readonly message: string;
      readonly error: EngineError;
      readonly position: number;
      readonly end: number;
    };

/**
 * Parse what a person types after `docker run`: options, the image, its command. With `image` chosen already, only options and
 * command are needed, and naming the image again is allowed; without either, `spec` has no image. Never throws; made to be
 * called at every key press. On Windows pass `powershell`, which leaves backslashes in paths alone.
 */
export function parseOptions(line: string, options: { image?: string; shell?: Shell } = {}): OptionsLine {
  try {
    const words = tokenise(line, options.shell ?? 'sh');
    const { fields, rest, spans } = parseOptionWords(words, line);
    const [first, ...others] = rest;
    const isImage =
      first !== undefined && (options.image === undefined || isSameImage(first.text, options.image));
    if (isImage) spans.set('image', first);
    const image = isImage ? checkWord(first, first, first.text, parseImage) : options.image;
    const command = (isImage ? others : rest).map(({ text }) => text);
    const spec = {
      ...fields,
      ...(image !== undefined && { image }),
      ...(command.length > 0 && { command }),
    };
    refuseConflicts(spec, spans, words, line);
    return { spec, expansions: words.flatMap(({ expansions }) => expansions) };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { message: error.message, error, position: error.start, end: error.end };
  }
}

function isSameImage(text: string, image: string): boolean {
  const full = (name: string) => familiarString(withDefaultTag(parseReference(name)));
  try {
    return text === image || full(text) === full(image);
  } catch {
    return false;
  }
}
