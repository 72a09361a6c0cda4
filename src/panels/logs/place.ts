/** Where in a container's file system its own code lies, and what of it is of the machine the editor runs on. */
export interface ContainerPlaces {
  /** Absolute, of the container. */
  readonly workingDir: string;
  /** Bind mounts. */
  readonly mounts: readonly { readonly source: string; readonly destination: string }[];
  /** The folder of the compose project, when it is of one. */
  readonly project: string | undefined;
}

/** Parts of a path of a container; `..` is taken as the container would. */
function parts(path: string): string[] {
  const kept: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return kept;
}

/** What is left of `path` below `folder`; `undefined` when it is not below it. */
function below(path: readonly string[], folder: readonly string[]): readonly string[] | undefined {
  return folder.every((part, index) => path[index] === part) ? path.slice(folder.length) : undefined;
}

/**
 * The files of this machine that a path said by a container may mean, the likeliest first: what is mounted there, then
 * what lies in the same place below one of `folders` as in the container below its working directory. Whether there is
 * such a file, and whether it may be opened, is for others to find out.
 */
export function hostPaths(said: string, places: ContainerPlaces, folders: readonly string[]): string[] {
  const path = said.replace(/^file:\/\//, '').replace(/^(webpack|webpack-internal):\/+(\.\/)?/, '');
  const workingDir = parts(places.workingDir);
  const absolute = path.startsWith('/') ? parts(path) : [...workingDir, ...parts(path)];
  const found: string[] = [];
  const mounts = places.mounts
    .map(({ source, destination }) => ({ source, destination: parts(destination) }))
    .sort((a, b) => b.destination.length - a.destination.length);
  for (const { source, destination } of mounts) {
    const rest = below(absolute, destination);
    if (!rest) continue;
    found.push(join(source, rest));
    // The innermost mount hides what lies below it.
    break;
  }
  const roots = [...(places.project === undefined ? [] : [places.project]), ...folders];
  const own = below(absolute, workingDir);
  for (const root of roots) if (own && own.length > 0) found.push(join(root, own));
  if (path.startsWith('/')) {
    found.push(`/${absolute.join('/')}`);
    // `/app/src/a.js` of an image that was built of the folder that is open.
    if (absolute.length > 1) for (const root of roots) found.push(join(root, absolute.slice(1)));
  }
  return [...new Set(found)];
}

function join(folder: string, rest: readonly string[]): string {
  return [folder.replace(/[\\/]+$/, ''), ...rest].join('/');
}
