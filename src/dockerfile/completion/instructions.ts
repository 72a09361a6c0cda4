import type { Model } from '../model/model';
import { spanOfKeyword, type KeywordPlace } from './keywordPlace';
import { nothing, offer, type Item, type Offer } from './item';
import { snippets } from './snippets';

/** What each instruction does, and whether more fits behind it. */
const instructions: readonly (readonly [keyword: string, doc: string, more?: boolean])[] = [
  ['FROM', 'Begins a build stage, from an image or an earlier stage.', true],
  ['RUN', 'Runs a command and keeps what it changed.'],
  ['COPY', 'Copies files from the build context, a stage or an image.', true],
  ['ADD', 'Copies files, downloads addresses and unpacks archives.', true],
  ['WORKDIR', 'The folder in which the next instructions work, and the container starts.', true],
  ['ENV', 'Sets environment variables for the build and the container.'],
  ['ARG', 'Declares build arguments, given with --build-arg.', true],
  ['CMD', 'What the container runs when no command is given.', true],
  ['ENTRYPOINT', 'What the container always runs; CMD becomes its arguments.', true],
  ['EXPOSE', 'Tells on which ports the container listens.', true],
  ['USER', 'The user for the next instructions and the container.', true],
  ['VOLUME', 'Folders whose data live in volumes.', true],
  ['LABEL', 'Adds metadata to the image.', true],
  ['HEALTHCHECK', 'How the engine finds out whether the container works.', true],
  ['SHELL', 'The shell for the commands that are not in JSON form.', true],
  ['STOPSIGNAL', 'The signal that stops the container.', true],
  ['ONBUILD', 'An instruction for builds that use this image as their base.', true],
];

const notTriggers = new Set(['FROM', 'ONBUILD']);

/** The case that most of the file's instructions have. */
export function usesLower({ instructions: all }: Model): boolean {
  let lower = 0;
  let upper = 0;
  for (const { keywordWord } of all) {
    if (keywordWord.text === keywordWord.text.toLowerCase()) lower += 1;
    else if (keywordWord.text === keywordWord.text.toUpperCase()) upper += 1;
  }
  return lower > upper;
}

/** Instructions where one can begin, directives and whole stages with them. */
export function keywordItems(
  model: Model,
  offset: number,
  before: string,
  place: KeywordPlace | undefined,
): Offer {
  const span = spanOfKeyword(model, offset, place);
  if (!span) return nothing;
  // A word that is being written is an instruction to the model, though it does not change the case of the others.
  const lower = usesLower(place ? without(model, place) : model);
  const inTrigger = place?.inTrigger === true;
  const staged = inTrigger || hasFrom(model, span.start);
  const space = /[ \t]/.test(model.lines.text.charAt(span.end)) ? '' : ' ';
  const items: Item[] = instructions
    .filter(([keyword]) => (inTrigger ? !notTriggers.has(keyword) : staged || /^(?:FROM|ARG)$/.test(keyword)))
    .map(([keyword, doc, more], at) => ({
      label: lower ? keyword.toLowerCase() : keyword,
      kind: 'keyword',
      span,
      insert: `${lower ? keyword.toLowerCase() : keyword}${space}`,
      doc,
      url: `https://docs.docker.com/reference/dockerfile/#${keyword.toLowerCase()}`,
      rank: at < 9 ? 2 : 3,
      common: true,
      more,
    }));
  if (inTrigger) return offer(items);
  if (model.lines.lineAt(offset) === 0 && /^\uFEFF?$/.test(before))
    items.push({
      label: '# syntax=docker/dockerfile:1',
      kind: 'property',
      span,
      doc: 'Builds with the newest stable Dockerfile syntax, whatever the engine brings.',
      url: 'https://docs.docker.com/reference/dockerfile/#syntax',
    });
  return offer([...items, ...snippets(span, lower)]);
}

const hasFrom = ({ stages }: Model, offset: number): boolean => (stages[0]?.from.start ?? offset) < offset;

const without = (model: Model, { whole }: KeywordPlace): Model => ({
  ...model,
  instructions: model.instructions.filter((one) => one !== whole),
});
