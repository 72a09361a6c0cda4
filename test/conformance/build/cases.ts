import { dir, file, link, symlink, type Plant } from '../cp/trees';

/** A context, and how it is built. */
export interface ContextCase {
  readonly name: string;
  /** Content of `.dockerignore`; none when absent. */
  readonly ignore?: string;
  /** Besides `TREE`. */
  readonly also?: readonly Plant[];
  /** As with `-f`; it counts from the context. */
  readonly dockerfile?: string;
  /** CLIs before 23 read the pattern in another way than those since, BuildKit and we do. */
  readonly newer?: true;
}

const DOCKERFILE = 'FROM scratch\n';

/** What is there in every case. */
export const TREE: readonly Plant[] = [
  file('Dockerfile', DOCKERFILE),
  file('README.md', 'read me'),
  file('README-secret.md', 'secret'),
  file('LICENSE.md', 'license'),
  file('run.sh', '#!/bin/sh\n', 0o755),
  file('private', 'x', 0o600),
  file('setuid', 'x', 0o4755),
  file('empty', ''),
  file('a.log'),
  dir('src'),
  file('src/main.ts'),
  file('src/main.test.ts'),
  dir('src/deep'),
  file('src/deep/a.ts'),
  file('src/deep/a.log'),
  dir('src/deep/node_modules'),
  file('src/deep/node_modules/x.js'),
  dir('node_modules'),
  file('node_modules/x.js'),
  dir('node_modules/p'),
  file('node_modules/p/keep.js'),
  file('node_modules/p/drop.js'),
  dir('docs', 0o700),
  file('docs/a.md'),
  file('docs/b.md'),
  dir('docs/keep', 0o750),
  file('docs/keep/c.md'),
  dir('bare'),
  symlink('soft', 'README.md'),
  symlink('broken', 'nowhere/at all'),
  symlink('tosrc', 'src'),
  link('hard', 'README.md'),
];

/** Names that are hard to write in an ignore file, or to put into an archive. */
const ODD: readonly Plant[] = [
  file('with space'),
  file('#hash'),
  file('!bang'),
  file('*star'),
  file('[set]'),
  file('s'),
  file('back\\slash'),
  file('new\nline'),
  file('ümläut'),
  file('日本語.txt'),
  file('😀'),
  file(' leading'),
  file('trailing '),
  file('-dash'),
  file('x'.repeat(200)),
  dir('y'.repeat(120)),
  file(`${'y'.repeat(120)}/${'z'.repeat(120)}`),
];

const lines = (...patterns: string[]): string => `${patterns.join('\n')}\n`;

export const CONTEXTS: readonly ContextCase[] = [
  { name: 'no ignore file' },
  { name: 'an empty one', ignore: '' },
  { name: 'comments and blank lines alone', ignore: lines('# node_modules', '', '   ', '#') },
  { name: 'a file', ignore: lines('README.md') },
  { name: 'a folder', ignore: lines('node_modules') },
  { name: 'a folder, with a slash behind', ignore: lines('node_modules/') },
  { name: 'a path from the root', ignore: lines('/src/main.ts', '/docs') },
  { name: 'a path to be cleaned', ignore: lines('./src/../docs//a.md', 'src/.') },
  { name: 'a star', ignore: lines('*.md') },
  { name: 'a star within a folder', ignore: lines('src/*.ts') },
  { name: 'a star for a folder', ignore: lines('*/node_modules', '*/*.log') },
  { name: 'two levels of stars', ignore: lines('*/*/*.log') },
  { name: 'question marks', ignore: lines('?.log', 'src/???p') },
  { name: 'sets', ignore: lines('[RL]*.md', '[^a-z]unused', 'docs/[a-b].md') },
  { name: 'two stars before', ignore: lines('**/node_modules') },
  { name: 'two stars before a pattern', ignore: lines('**/*.log') },
  { name: 'two stars before part of a name', ignore: lines('**.log'), newer: true },
  { name: 'two stars behind', ignore: lines('docs/**') },
  { name: 'two stars between', ignore: lines('src/**/x.js') },
  { name: 'two stars alone', ignore: lines('**') },
  { name: 'a star alone', ignore: lines('*') },
  { name: 'everything but', ignore: lines('*', '!src', '!README.md') },
  { name: 'everything but what is deep', ignore: lines('*', '!src/deep/a.ts') },
  { name: 'everything but a pattern', ignore: lines('*', '!*.md') },
  { name: 'everything but a pattern anywhere', ignore: lines('*', '!**/*.ts') },
  { name: 'everything but two stars below', ignore: lines('*', '!src/**', 'src/**/*.log') },
  { name: 'two stars but', ignore: lines('**', '!docs/**/*.md') },
  { name: 'an exception before what it excepts', ignore: lines('!README.md', '*.md') },
  { name: 'an exception in between', ignore: lines('*.md', '!README*.md', 'README-secret.md') },
  { name: 'an exception that wins', ignore: lines('*.md', 'README-secret.md', '!README*.md') },
  { name: 'an exception in a folder', ignore: lines('docs', '!docs/keep') },
  { name: 'an exception for a file in a folder', ignore: lines('node_modules', '!node_modules/p/keep.js') },
  { name: 'an exception with a star in a folder', ignore: lines('node_modules', '!node_modules/*/keep.js') },
  {
    name: 'an exception below two stars',
    ignore: lines('**/node_modules', '!node_modules/p/keep.js'),
    newer: true,
  },
  { name: 'an exception deep below two stars', ignore: lines('**/deep', '!src/deep/a.ts') },
  { name: 'an exception deep below a star', ignore: lines('src/*', '!src/deep/a.ts') },
  { name: 'an exception for part of a name', ignore: lines('node_modules', '!node_mod') },
  { name: 'an exception of an exception', ignore: lines('docs', '!docs', 'docs/keep', '!docs/keep/c.md') },
  { name: 'an exception from the root', ignore: lines('docs', '!/docs/keep', '! README.md') },
  { name: 'a folder that is entered for a longer one', ignore: lines('src', '!src/deep/node_modules') },
  { name: 'CRLF', ignore: '*.md\r\n!README.md\r\nnode_modules\r\n' },
  { name: 'no end of line', ignore: 'node_modules\n*.md' },
  { name: 'a mark of byte order', ignore: '\uFEFFnode_modules\n*.md\n' },
  { name: 'a mark of byte order before a comment', ignore: '\uFEFF# x\n*.md\n' },
  { name: 'spaces around', ignore: lines('  *.md  ', '\tnode_modules\t', ' # not a comment', '#*.log') },
  { name: 'a space after the mark of an exception', ignore: lines('*.md', '!  README.md') },
  {
    name: 'a space and a mark behind a slash',
    ignore: lines('/ LICENSE.md', '*-secret.md', '/!README-secret.md'),
  },
  {
    name: 'a bracket and a dash in a set',
    also: [file('].txt'), file('-.txt'), file('Z.txt')],
    ignore: lines('[\\]\\-].txt', '[\\--Z].txt'),
  },
  { name: 'the Dockerfile', ignore: lines('Dockerfile') },
  { name: 'the Dockerfile and itself', ignore: lines('Dockerfile', '.dockerignore', '.*') },
  { name: 'a link, and where it leads', ignore: lines('soft', 'tosrc/main.ts') },
  { name: 'one of two names of a file', ignore: lines('README.md') },
  { name: 'odd names', also: ODD },
  { name: 'odd names, by pattern', also: ODD, ignore: lines('with space', '/#hash', '\\!bang', 'ü*', '😀') },
  {
    name: 'odd names, escaped',
    also: ODD,
    ignore: lines('\\*star', '\\[set\\]', 'back\\\\slash', '日本?.txt', '-dash'),
  },
  { name: 'odd names, as sets and stars', also: ODD, ignore: lines('[set]', '*star', '????????', 'yyy*/z*') },
  {
    name: 'a Dockerfile of another name',
    also: [file('my.Dockerfile', DOCKERFILE)],
    dockerfile: 'my.Dockerfile',
  },
  {
    name: 'a Dockerfile in a folder that is ignored',
    also: [file('docs/Dockerfile', DOCKERFILE)],
    dockerfile: 'docs/Dockerfile',
    ignore: lines('docs'),
  },
  {
    name: 'a Dockerfile deep in what is ignored',
    also: [dir('docs/keep/x'), file('docs/keep/x/Dockerfile', DOCKERFILE)],
    dockerfile: 'docs/keep/x/Dockerfile',
    ignore: lines('*'),
  },
  {
    name: 'a Dockerfile behind a link',
    also: [symlink('link.Dockerfile', 'src/real'), file('src/real', DOCKERFILE)],
    dockerfile: 'link.Dockerfile',
    ignore: lines('src', '*.Dockerfile'),
  },
  {
    name: 'an ignore file in a folder',
    also: [file('src/.dockerignore', '*\n')],
    ignore: lines('**/*.log'),
  },
];

/** Ignore files that are none. */
export const INVALID: readonly ContextCase[] = [
  { name: 'a set without an end', ignore: lines('[a') },
  { name: 'an empty set', ignore: lines('x', '[]') },
  { name: 'an exception of nothing', ignore: lines('x', '!') },
  { name: 'an escape without what it escapes', ignore: lines('x\\') },
  { name: 'a range the wrong way round', ignore: lines('[a-]') },
  { name: 'a set that begins with a dash', ignore: lines('[-a]') },
  { name: 'an exception of the root', ignore: lines('!/') },
];
