/** The path of a verb on an image: slashes of its name stay, everything else that a URL could take otherwise does not. */
export function imagePath(reference: string, verb = ''): string {
  const name = reference.split('/').map(encodeURIComponent).join('/');
  return `/images/${name}${verb === '' ? '' : `/${verb}`}`;
}

/** The path of a verb on a container. */
export function containerPath(id: string, verb = ''): string {
  return `/containers/${encodeURIComponent(id)}${verb === '' ? '' : `/${verb}`}`;
}
