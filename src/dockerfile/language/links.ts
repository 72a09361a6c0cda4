import { stageNamed, type Model } from '../model/model';
import { badReference, parseReference } from '../model/reference';
import type { Span } from '../model/text';
import { stageUses } from './names';

export interface Link extends Span {
  readonly url: string;
}

/** The pages of images: of FROM, of --from and mounts, and of the syntax directive. */
export function links(model: Model): Link[] {
  const found: Link[] = [];
  const add = (reference: string, span: Span): void => {
    const url = imagePage(reference);
    if (url !== undefined) found.push({ start: span.start, end: span.end, url });
  };
  for (const { name, value, valueSpan } of model.directives) if (name === 'syntax') add(value, valueSpan);
  for (const { image, base, resolved } of model.stages)
    if (image && !base && isKnown(model, image.text)) add(resolved, image);
  for (const instruction of model.instructions)
    for (const { text, span } of stageUses(instruction))
      if (!stageNamed(model, text) && !/^\d+$/.test(text)) add(text, span);
  return found;
}

/** Whether the file itself says which repository is meant: a tag may be left to the build, a name may not. */
function isKnown({ globals }: Model, text: string): boolean {
  const { registry, name } = parseReference(text);
  const place = `${registry?.text ?? ''}/${name.text}`;
  for (const [, variable = '', modifier = ''] of place.matchAll(/\$\{?(\w+)(:?-)?/g))
    if (modifier === '' && !globals.get(variable)?.value) return false;
  return true;
}

/** Where a registry shows an image to people; undefined where it has no such page. */
export function imagePage(reference: string): string | undefined {
  const { registry, name } = parseReference(reference);
  // A tag that only the build knows makes no difference.
  const place = registry ? `${registry.text}/${name.text}` : name.text;
  if (badReference(place) !== undefined || place === 'scratch') return undefined;
  const [first = '', second, ...more] = name.text.split('/');
  switch (registry?.text) {
    case undefined:
    case 'docker.io':
    case 'index.docker.io':
    case 'registry-1.docker.io':
      if (more.length > 0) return undefined;
      if (second === undefined) return `https://hub.docker.com/_/${first}`;
      return first === 'library'
        ? `https://hub.docker.com/_/${second}`
        : `https://hub.docker.com/r/${first}/${second}`;
    case 'ghcr.io':
      if (second === undefined) return undefined;
      return `https://github.com/${first}/${second}/pkgs/container/${[second, ...more].join('%2F')}`;
    case 'quay.io':
      return second === undefined || more.length > 0
        ? undefined
        : `https://quay.io/repository/${first}/${second}`;
    case 'mcr.microsoft.com':
      return `https://mcr.microsoft.com/artifact/mar/${name.text}`;
    default:
      return undefined;
  }
}
