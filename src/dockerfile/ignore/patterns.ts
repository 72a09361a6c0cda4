/** What most contexts leave out. */
const usual = [
  '.git', '.env', '.env.*', '.vscode', '.idea', '**/node_modules', '**/dist', '**/build', '**/coverage', '**/*.log',
  '**/__pycache__', '**/*.pyc', '**/.venv', '**/bin', '**/obj', '**/target', '**/.DS_Store', 'Dockerfile*',
  '.dockerignore', 'compose*.yaml', 'README.md',
]; // prettier-ignore

export interface IgnorePlace {
  /** The folder whose entries fit, without a slash at its end; undefined where a pattern stands in for it. */
  readonly folder: string | undefined;
  /** Where the last part of the path begins. */
  readonly at: number;
  /** Whole patterns that fit, from the beginning of the line. */
  readonly usual: readonly string[];
}

/** What fits in a line up to the cursor; undefined where nothing does. */
export function ignorePlace(before: string, lines: readonly string[]): IgnorePlace | undefined {
  if (before.startsWith('#')) return undefined;
  const start = /^\s*!?\s*\/?/.exec(before)?.[0].length ?? 0;
  const path = before.slice(start);
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? '' : path.slice(0, slash);
  const there = new Set(lines.map((line) => line.trim()));
  const fits = (pattern: string): boolean => !there.has(pattern) && (slash < 0 || pattern.startsWith(path));
  const fit = start === 0 ? usual.filter(fits) : [];
  const special = /[*?[\\]/.test(path) || folder.split('/').includes('..');
  if (special && fit.length === 0) return undefined;
  return { folder: special ? undefined : folder, at: start + slash + 1, usual: fit };
}
