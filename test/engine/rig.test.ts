import { expect, test } from 'vitest';
import { build, baseImage, docker, engine } from '../rig/engine';
import { inRegistry, noRegistry } from '../rig/registry';

test('the engine builds, runs, and answers at its published ports', async () => {
  const base = await baseImage();
  await build(
    'quayside-test/rig:web',
    `FROM ${base}\nCOPY index.html /www/index.html\nCMD ["httpd", "-f", "-p", "80", "-h", "/www"]\n`,
    [{ path: 'index.html', content: 'from a container' }],
  );
  const id = (await docker('run', '-d', '--init', '-p', '0:80', 'quayside-test/rig:web')).trim();
  try {
    const port = (await docker('port', id, '80/tcp')).trim().split('\n')[0]?.split(':').at(-1);
    await expect
      .poll(async () => (await fetch(`http://${engine.address}:${port ?? ''}/`)).text())
      .toBe('from a container');
  } finally {
    await docker('rm', '-f', id);
    await docker('rmi', '-f', 'quayside-test/rig:web');
  }
});

test('the lesson images come from a registry', async (context) => {
  if (noRegistry) return context.skip(noRegistry);
  const name = inRegistry('diamol/ch02-hello-diamol');
  expect(await docker('pull', name)).toContain('Downloaded newer image');
  expect(await docker('run', '--rm', name)).toContain('Hello from Chapter 2!');
  await docker('rmi', name);
});
