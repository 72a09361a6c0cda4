/** What a user of the container is by its passwd. */
export interface Passwd {
  readonly name: string;
  readonly uid: string;
  readonly home: string;
  readonly shell: string;
}

/** `/etc/passwd` of a container; lines that are none are left out. */
export function parsePasswd(text: string): readonly Passwd[] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map(([name = '', , uid = '', , , home = '', shell = '']) => ({ name, uid, home, shell: shell.trim() }));
}

/** Shells that let nobody in. */
const CLOSED = /\/(?:nologin|false|sync|halt|shutdown|true)$/;

/** By preference; after the login shell, what most images have. */
const USUAL = [
  '/bin/bash',
  '/usr/bin/bash',
  '/usr/local/bin/bash',
  '/bin/ash',
  '/bin/sh',
  '/usr/bin/sh',
  '/busybox/sh',
];

/**
 * Which shells to look for, the login shell of the user first. `user` is as `USER` of a Dockerfile says it
 * (`name|uid[:group]`, empty for root).
 */
export function shellCandidates(passwd: readonly Passwd[], user: string): readonly string[] {
  const [who = ''] = user.split(':');
  const entry = passwd.find(({ name, uid }) => (who === '' ? uid === '0' : name === who || uid === who));
  const login = entry?.shell ?? '';
  const open = login.startsWith('/') && !CLOSED.test(login) ? [login] : [];
  return [...new Set([...open, ...USUAL])];
}
