import { describe, expect, test } from 'vitest';
import { listCommands, type ListCommand } from '../../../../src/engine/files/listing';

const [gnu, find, shell] = listCommands('/etc') as [ListCommand, ListCommand, ListCommand];

describe('GNU find', () => {
  test('asks for the names in the directory, following a link to it', () => {
    expect(gnu.command.slice(0, 6)).toEqual(['find', '/etc/', '-mindepth', '1', '-maxdepth', '1']);
    expect(listCommands('/')[0]?.command[1]).toBe('/');
  });

  test('answers with any name', () => {
    const answer = Buffer.concat([
      Buffer.from('new\nline\0f\x00512\x00644\x001000\x001000\x001600000000.1234567890\0\0'),
      Buffer.from('to\0l\x004\x00777\x000\x000\x001600000000.0000000000\0a -> b\0'),
      Buffer.from([0xff, 0]),
      Buffer.from('d\x004096\x001777\x000\x000\x00-5.5\0\0'),
    ]);
    expect(gnu.parse(answer)).toEqual([
      {
        name: 'new\nline',
        type: 'file',
        size: 512,
        mode: 0o644,
        uid: 1000,
        gid: 1000,
        mtime: 1_600_000_000_123,
        linkTarget: '',
      },
      {
        name: 'to',
        type: 'symlink',
        size: 4,
        mode: 0o777,
        uid: 0,
        gid: 0,
        mtime: 1_600_000_000_000,
        linkTarget: 'a -> b',
      },
      {
        name: '\udcff',
        type: 'directory',
        size: 4096,
        mode: 0o1777,
        uid: 0,
        gid: 0,
        mtime: -5500,
        linkTarget: '',
      },
    ]);
  });

  test('answers with nothing for an empty directory', () => expect(gnu.parse(Buffer.alloc(0))).toEqual([]));

  test('is not taken for what it is not', () => expect(gnu.parse(Buffer.from('f\0a\0b'))).toBeUndefined());
});

/** What `stat -c` prints for these, line by line, with the mark of this command. */
function printed(
  format: string,
  files: readonly (readonly [numbers: string, name: string, shown: string])[],
): Buffer {
  const mark = format.slice(0, 16);
  return Buffer.from(
    files
      .map(([numbers, name, shown]) => `${mark} ${numbers} ${mark}${name}${mark}${shown}${mark}\n`)
      .join(''),
  );
}

describe('find and stat', () => {
  const format = find.command[find.command.indexOf('-c') + 1] ?? '';

  test('answer with any name', () => {
    const answer = printed(format, [
      ['81a4 12 0 0 1600000000', '/etc/a\nb', '/etc/a\nb'],
      ['41ed 4096 7 8 1600000000', '/etc/dir', '/etc/dir'],
      ['a1ff 9 0 0 1600000000', "/etc/it's -> odd", "'/etc/it's -> odd' -> 'target -> x'"],
      ['a1ff 9 0 0 1600000000', '/etc/plain', '/etc/plain -> target'],
      ['a1ff 9 0 0 1600000000', '/etc/quoted', '"/etc/quoted" -> $\'t\\n\''],
      ['11a4 0 0 0 1', '/etc/pipe', '/etc/pipe'],
    ]);
    expect(find.parse(answer)?.map(({ name, type, linkTarget }) => [name, type, linkTarget])).toEqual([
      ['a\nb', 'file', ''],
      ['dir', 'directory', ''],
      ["it's -> odd", 'symlink', 'target -> x'],
      ['plain', 'symlink', 'target'],
      ['quoted', 'symlink', ''],
      ['pipe', 'fifo', ''],
    ]);
    expect(find.parse(answer)?.[1]).toMatchObject({
      size: 4096,
      mode: 0o755,
      uid: 7,
      gid: 8,
      mtime: 1_600_000_000_000,
    });
  });

  test('take a new mark every time, which no name can have guessed', () => {
    const again = listCommands('/etc')[1]?.command;
    expect(again).not.toEqual(find.command);
  });
});

test('a shell’s own pattern also matches the directory and the one above', () => {
  const format = shell.command.at(-1) ?? '';
  const answer = printed(format, [
    ['41ed 1 0 0 1', '.', '.'],
    ['41ed 1 0 0 1', '..', '..'],
    ['81a4 1 0 0 1', '..file', '..file'],
  ]);
  expect(shell.parse(answer)?.map(({ name }) => name)).toEqual(['..file']);
});
