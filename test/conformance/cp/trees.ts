import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import tar from 'tar-stream';

/** One thing in a tree that a test starts from. Paths are relative, parents come first. */
export interface Plant {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link';
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  readonly content?: string | Buffer;
  readonly target?: string;
}

/** One thing in a tree as it was found: all that is compared, on a line. */
export type Row = string;

export function dir(at: string, mode = 0o755, more: Partial<Plant> = {}): Plant {
  return { path: at, type: 'directory', mode, ...more };
}

export function file(
  at: string,
  content: string | Buffer = at,
  mode = 0o644,
  more: Partial<Plant> = {},
): Plant {
  return { path: at, type: 'file', content, mode, ...more };
}

export function symlink(at: string, target: string): Plant {
  return { path: at, type: 'symlink', target };
}

export function link(at: string, target: string): Plant {
  return { path: at, type: 'link', target };
}

const WHEN = 1_600_000_000;

/** The plants as an archive, by an archiver that is not ours; links in `prefix` are kept as they are. */
export function archiveOf(plants: readonly Plant[], prefix = ''): Promise<Buffer> {
  const pack = tar.pack();
  for (const plant of plants) {
    const { type, mode = 0o777, uid = 0, gid = 0, mtime = WHEN, content = '', target = '' } = plant;
    const linkname = (type === 'link' ? prefix : '') + target;
    // What the header's own fields are too small for.
    const pax: Record<string, string> = {};
    if (uid >= 2 ** 21) pax['uid'] = String(uid);
    if (gid >= 2 ** 21) pax['gid'] = String(gid);
    if (mtime >= 2 ** 31) pax['mtime'] = String(mtime);
    pack.entry(
      {
        name: prefix + plant.path,
        type,
        mode,
        uid: uid % 2 ** 21,
        gid: gid % 2 ** 21,
        mtime: new Date((mtime % 2 ** 31) * 1000),
        linkname,
        pax,
      },
      type === 'file' ? Buffer.from(content) : '',
    );
  }
  pack.finalize();
  return collect(pack);
}

/** The plants below a directory of this computer. */
export function plantHere(root: string, plants: readonly Plant[]): void {
  for (const { path: name, type, mode = 0o777, uid, gid, content = '', target = '' } of plants) {
    const at = path.join(root, name);
    if (type === 'directory') fs.mkdirSync(at);
    else if (type === 'symlink') fs.symlinkSync(target, at);
    else if (type === 'link') fs.linkSync(path.join(root, target), at);
    else fs.writeFileSync(at, content);
    if (type === 'symlink' || type === 'link') continue;
    if (uid !== undefined || gid !== undefined) fs.chownSync(at, uid ?? 0, gid ?? 0);
    fs.chmodSync(at, mode);
  }
  for (const { path: name, type, mtime = WHEN } of plants)
    if (type === 'file') fs.utimesSync(path.join(root, name), mtime, mtime);
}

/** Everything below the directory, sorted. Names are compared byte for byte. */
export function treeHere(root: string): Row[] {
  const found: Found[] = [];
  const walk = (prefix: string): void => {
    for (const bytes of fs.readdirSync(bytesOf(path.join(root, prefix)), 'buffer')) {
      const name = prefix + bytes.toString('latin1');
      const at = bytesOf(`${root}/${name}`);
      const stats = fs.lstatSync(at);
      const content = stats.isFile() ? fs.readFileSync(at) : undefined;
      found.push({
        name,
        type: typeOf(stats),
        mode: stats.mode & 0o7777,
        owner: `${stats.uid}:${stats.gid}`,
        target: stats.isSymbolicLink() ? fs.readlinkSync(at) : '',
        mtime: Math.floor(stats.mtimeMs / 1000),
        links: stats.nlink,
        ...(content && { content }),
      });
      if (stats.isDirectory()) walk(`${name}/`);
    }
  };
  walk('');
  return found.map(row).sort();
}

/** Everything in an archive below its first part, sorted; hard links are shown as the file they are. */
export async function treeIn(archive: Buffer): Promise<Row[]> {
  const found: (Found & { inode: string })[] = [];
  const files = new Map<string, { content: Buffer; links: number }>();
  const extract = tar.extract();
  extract.end(archive);
  for await (const entry of extract) {
    const { name: full, type, mode, uid, gid, linkname, mtime } = entry.header;
    const data = await collect(entry);
    const name = full.replace(/\/$/, '').split('/').slice(1).join('/');
    if (name === '') continue;
    const inode = type === 'link' ? linkname : full;
    if (type === 'file') files.set(inode, { content: data, links: 0 });
    const known = type === 'file' || type === 'link' ? files.get(inode) : undefined;
    if (known) known.links++;
    found.push({
      name,
      inode,
      type: type === 'link' ? 'file' : type,
      mode: mode & 0o7777,
      owner: `${uid}:${gid}`,
      target: type === 'symlink' ? linkname : '',
      mtime: mtime.getTime() / 1000,
      links: 1,
      ...(known && { content: known.content }),
    });
  }
  return found.map((one) => row({ ...one, links: files.get(one.inode)?.links ?? 1 })).sort();
}

/** The rows below `directory`, with their names counted from there. */
export function below(rows: readonly Row[], directory: string): Row[] {
  return rows.filter((one) => one.startsWith(`${directory}/`)).map((one) => one.slice(directory.length + 1));
}

interface Found {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly owner: string;
  readonly target: string;
  readonly content?: Buffer;
  readonly mtime: number;
  readonly links: number;
}

/** What a link's mode, a directory's size, time and link count are is nobody's choice. */
function row({ name, type, mode, owner, target, content, mtime, links }: Found): Row {
  const about = content
    ? `${mode.toString(8)} ${content.length} bytes ${createHash('sha256').update(content).digest('hex')} ${mtime} ${links}`
    : type === 'symlink'
      ? target
      : mode.toString(8);
  return `${name} | ${type} ${owner} ${about}`;
}

function typeOf(stats: fs.Stats): string {
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isFIFO()) return 'fifo';
  return stats.isFile() ? 'file' : 'other';
}

function bytesOf(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
