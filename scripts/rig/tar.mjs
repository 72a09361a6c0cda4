// Writes tar archives (ustar), enough for a layer of an image or the context of a build.

/**
 * @typedef {object} Entry
 * @property {string} path relative; a folder ends with `/`
 * @property {string | Buffer} [content]
 * @property {string} [link] makes it a symbolic link to this
 * @property {number} [mode] default 0644 for files, 0755 for folders
 */

const block = 512;
/** Always the same, so that the same layer has the same digest. */
const modified = Date.UTC(2025, 0, 15) / 1000;

/** @param {readonly Entry[]} entries @returns {Buffer} */
export function tar(entries) {
  const parts = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    return [header(entry, content.length), content, Buffer.alloc((block - (content.length % block)) % block)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

/** @param {Entry} entry @param {number} size @returns {Buffer} */
function header({ path, link, mode }, size) {
  if (Buffer.byteLength(path) > 100) throw new Error(`Too long for this archive: ${path}`);
  const folder = path.endsWith('/');
  const head = Buffer.alloc(block);
  const octal = (/** @type {number} */ value, /** @type {number} */ at, /** @type {number} */ length) =>
    head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  head.write(path, 0);
  octal(mode ?? (folder ? 0o755 : link === undefined ? 0o644 : 0o777), 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(modified, 136, 12);
  head.write(folder ? '5' : link === undefined ? '0' : '2', 156);
  head.write(link ?? '', 157);
  head.write('ustar\0' + '00', 257);
  head.fill(' ', 148, 156);
  octal(
    head.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return head;
}
