import { expect, test } from 'vitest';
import { hostPaths } from '../../../../src/panels/logs/place';

const places = {
  workingDir: '/app',
  mounts: [
    { source: '/home/me/web', destination: '/app' },
    { source: '/home/me/other', destination: '/app/lib' },
  ],
  project: '/home/me',
};

test('what is mounted there comes first, the innermost of all', () => {
  expect(hostPaths('/app/src/a.js', places, ['/ws'])[0]).toBe('/home/me/web/src/a.js');
  expect(hostPaths('/app/lib/b.js', places, ['/ws'])[0]).toBe('/home/me/other/b.js');
  expect(hostPaths('/app/lib/b.js', places, ['/ws'])).not.toContain('/home/me/web/lib/b.js');
  expect(hostPaths('/application/b.js', places, [])[0]).not.toMatch(/web/);
});

test('a relative path is of the working directory; what lies below that is looked for in the folders', () => {
  const bare = { workingDir: '/usr/src/app', mounts: [], project: undefined };
  expect(hostPaths('src/a.js', bare, ['/ws'])).toEqual(['/ws/src/a.js']);
  expect(hostPaths('/usr/src/app/src/a.js', bare, ['/ws'])[0]).toBe('/ws/src/a.js');
  expect(hostPaths('/app/a.py', { ...bare, workingDir: '/' }, ['/ws'])).toContain('/ws/a.py');
});

test('a way up ends at the root, and never leads out of where it is looked for', () => {
  const paths = hostPaths('../../../../etc/passwd', places, ['/ws']);
  expect(paths.every((path) => !path.includes('..'))).toBe(true);
});
