/** The top of an archive under another name: `from` becomes `to` at the beginning of every name and hard link. */
export interface TopName {
  readonly from: string;
  readonly to: string;
}

/** `name` under its new top, as `RebaseArchiveEntries` of moby's `pkg/archive/copy.go` renames it. */
export function renamed(name: string, top: TopName | undefined): string {
  if (!top) return name;
  // In the archive of `/` there is no top: names begin with the slash.
  if (top.from === '/') return name.startsWith('/') ? top.to + name : `${top.to}/${name}`;
  const rest = name.slice(top.from.length);
  return name.startsWith(top.from) && (rest === '' || rest.startsWith('/')) ? top.to + rest : name;
}
