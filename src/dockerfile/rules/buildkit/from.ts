import { badReference } from '../../model/reference';
import { expand } from '../../model/variables';
import type { Stage } from '../../model/stages';
import { replace, type Report } from '../finding';
import { suggest } from '../suggest';

export function fromArguments(report: Report, stage: Stage): void {
  const { globals } = report.model;
  const { from, platform, image } = stage;
  const parts = [platform, image].filter((part) => part !== undefined);
  for (const variable of from.variables) {
    const inside = parts.some(({ start, end }) => variable.start >= start && variable.end <= end);
    if (!inside || globals.get(variable.name) || /[-+?]$/.test(variable.modifier ?? '')) continue;
    const near = suggest(
      variable.name,
      globals.all().map(({ name }) => name),
    );
    report.add(
      'UndefinedArgInFrom',
      from,
      variable,
      near
        ? "FROM argument '{0}' is not declared (did you mean {1}?)"
        : "FROM argument '{0}' is not declared",
      near ? [variable.name, near] : [variable.name],
      near
        ? [{ title: 'Change to {0}', args: [near], edits: [replace(variable.nameSpan, near)], safe: false }]
        : [declareArg(report, variable.name)],
    );
  }
  defaults(report, stage);
  platforms(report, stage);
}

/** A declaration where FROM sees it: before the first one. */
function declareArg(
  { model }: Report,
  name: string,
): { title: string; args: string[]; edits: { start: number; end: number; text: string }[]; safe: boolean } {
  const start = model.lines.startOf(model.stages[0]?.line ?? 0);
  return {
    title: 'Declare ARG {0}',
    args: [name],
    edits: [{ start, end: start, text: `ARG ${name}\n` }],
    safe: false,
  };
}

function defaults(report: Report, { from, image, resolved }: Stage): void {
  if (!image?.text.includes('$') || badReference(resolved) === undefined) return;
  report.add(
    'InvalidDefaultArgInFrom',
    from,
    image,
    'Default value for ARG {0} results in empty or invalid base image name',
    [image.text],
  );
}

function platforms(report: Report, { from, platform, name }: Stage): void {
  const value = platform?.value;
  if (!platform || value === undefined) return;
  const drop = { title: 'Remove --platform', edits: [removal(report, platform)], safe: true };
  const variable = /^\$(?:\{(\w+)\}|(\w+))$/.exec(value);
  if ((variable?.[1] ?? variable?.[2]) === 'TARGETPLATFORM') {
    report.add(
      'RedundantTargetPlatform',
      from,
      platform,
      'Setting platform to predefined {0} in FROM is redundant as this is the default behavior',
      [value],
      [drop],
    );
  }
  if (value.includes('$') || value === '') return;
  const stage = (name?.text ?? '').toLowerCase();
  if (
    stage !== '' &&
    value
      .toLowerCase()
      .split('/')
      .slice(0, 2)
      .some((part) => stage.includes(part))
  )
    return;
  report.add(
    'FromPlatformFlagConstDisallowed',
    from,
    platform,
    'FROM --platform flag should not use constant value "{0}"',
    [value],
    [{ ...drop, safe: false }],
  );
}

/** A flag with the blanks behind it. */
function removal(
  { model }: Report,
  { start, end }: { start: number; end: number },
): { start: number; end: number; text: string } {
  const { text } = model.lines;
  while (text.charAt(end) === ' ' || text.charAt(end) === '\t') end += 1;
  return { start, end, text: '' };
}

/** Only an engine can tell what platform a local image has. */
export function basePlatform(report: Report, stage: Stage): void {
  const { context, model } = report;
  const found = context.base?.(stage)?.platform;
  if (found === undefined || stage.base || !stage.image) return;
  const given = stage.platform?.value;
  const predefined = (name: string): string | undefined =>
    /^(?:BUILD|TARGET)PLATFORM$/.test(name) ? context.target : model.globals.lookup(name);
  const wanted = given === undefined ? context.target : expand(given, model.escape, predefined).value;
  if (!wanted || samePlatform(found, wanted)) return;
  report.add(
    'InvalidBaseImagePlatform',
    stage.from,
    stage.image,
    'Base image {0} was pulled with platform "{1}", expected "{2}" for current build',
    [stage.resolved, found, wanted],
  );
}

function samePlatform(one: string, other: string): boolean {
  const [os, arch] = one.toLowerCase().split('/');
  const parts = other.toLowerCase().split('/');
  return parts.length < 2 ? parts[0] === os || parts[0] === arch : parts[0] === os && parts[1] === arch;
}
