import path from 'node:path';
import type { BuildOptions } from '../../engine/build/options';
import { EngineError, sentence } from '../../engine/errors';

/**
 * What a task says as what a build takes. Paths count from `folder`, as those of the docker command do from where it is
 * called; the context is by default the Dockerfile's folder. `tagOf` gives the tag where the task names none.
 */
export function optionsOfTask(
  definition: Readonly<Record<string, unknown>>,
  folder: string,
  tagOf: (dockerfile: string, target: string | undefined) => string,
): BuildOptions & { readonly dockerfile: string } {
  const text = (name: string): string | undefined => {
    const value = definition[name];
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    throw invalid(sentence('The property "{0}" of the task must be a text. Correct it in tasks.json.', name));
  };
  const flag = (name: string): boolean => {
    const value = definition[name];
    if (value === undefined || typeof value === 'boolean') return value === true;
    throw invalid(
      sentence('The property "{0}" of the task must be true or false. Correct it in tasks.json.', name),
    );
  };
  const given = text('context');
  const file = text('dockerfile');
  const dockerfile = path.resolve(folder, file ?? path.join(given ?? '.', 'Dockerfile'));
  const target = text('target');
  const tags = tagsIn(definition['tags']);
  return {
    context: given === undefined ? path.dirname(dockerfile) : path.resolve(folder, given),
    dockerfile,
    tags: tags.length > 0 ? tags : [tagOf(dockerfile, target)],
    target,
    buildArgs: argsIn(definition['buildArgs']),
    platform: text('platform'),
    noCache: flag('noCache'),
    pull: flag('pull'),
  };
}

function tagsIn(value: unknown): readonly string[] {
  const tags: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (tags.every((tag) => typeof tag === 'string')) return tags;
  throw invalid(
    sentence('The property "{0}" of the task must be a list of texts. Correct it in tasks.json.', 'tags'),
  );
}

/** `null` passes on the variable of this name, as `--build-arg NAME` does. */
function argsIn(value: unknown): Readonly<Record<string, string | null>> {
  if (value === undefined) return {};
  const entries = isObject(value) ? Object.entries(value) : undefined;
  if (
    entries?.every(([, one]) => one === null || ['string', 'number', 'boolean'].includes(typeof one)) === true
  )
    return Object.fromEntries(entries.map(([name, one]) => [name, one === null ? null : String(one)]));
  throw invalid(
    sentence(
      'The property "{0}" of the task must be an object of texts. Correct it in tasks.json.',
      'buildArgs',
    ),
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (what: ReturnType<typeof sentence>): EngineError => new EngineError('invalid', what);
