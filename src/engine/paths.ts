/** The path of a verb on an image: slashes of its name stay, everything else that a URL could take otherwise does not. */
export function imagePath(reference: string, verb = ''): string {
  const name = reference.split('/').map(encodeURIComponent).join('/');
  return `/images/${name}${verb === '' ? '' : `/${verb}`}`;
}

/** The path of a verb on a container; its name may have the slash in front that the engine itself writes. */
export function containerPath(id: string, verb = ''): string {
  return pathOf('containers', id.replace(/^\//, ''), verb);
}

/** The path of a verb on a network. */
export function networkPath(id: string, verb = ''): string {
  return pathOf('networks', id, verb);
}

/** The path of a verb on a volume. */
export function volumePath(name: string): string {
  return pathOf('volumes', name, '');
}

/** The path of a verb on a service of a swarm. */
export function servicePath(id: string, verb = ''): string {
  return pathOf('services', id, verb);
}

/** The path of a node of a swarm. */
export function swarmNodePath(id: string): string {
  return pathOf('nodes', id, '');
}

function pathOf(kind: string, id: string, verb: string): string {
  return `/${kind}/${encodeURIComponent(id)}${verb === '' ? '' : `/${verb}`}`;
}
