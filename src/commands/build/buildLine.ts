import path from 'node:path';
import type { BuildOptions } from '../../engine/build/options';
import { maskValue } from '../../engine/run/commandLine/secrets';

/** The `docker build` line of a build, to be read: secrets are masked. */
export function buildLine(options: Omit<BuildOptions, 'dockerfile'>, dockerfile: string): string {
  const { context, tags = [], target, buildArgs = {}, platform, noCache, pull } = options;
  const words = [
    ...tags.flatMap((tag) => ['-t', tag]),
    // The one that is looked for anyway need not be named.
    ...(path.join(context, 'Dockerfile') === dockerfile ? [] : ['-f', path.relative(context, dockerfile)]),
    ...(target === undefined ? [] : ['--target', target]),
    ...Object.entries(buildArgs).flatMap(([name, value]) => [
      '--build-arg',
      value === null ? name : `${name}=${maskValue(name, value)}`,
    ]),
    ...(platform === undefined ? [] : ['--platform', platform]),
    ...(noCache === true ? ['--no-cache'] : []),
    ...(pull === true ? ['--pull'] : []),
  ];
  return textOf(['docker build', ...words.map(quoted), '.'].join(' '));
}

/** In a row of a list `$(name)` is an icon; a file may hold it as text. */
export function textOf(text: string): string {
  return text.replaceAll('$(', '$ (');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replace(/["\\$`]/g, '\\$&')}"`;
}
