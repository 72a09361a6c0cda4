import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ask, baseImage } from '../rig/engine';
import { chooseFromMenu, notification } from './support/menus';
import { quickInput, runFromPalette } from './support/quickInput';
import { screenshot } from './support/screen';
import { terminal } from './support/terminals';
import { themesOf } from './support/themes';
import { openWorkbench } from './support/workbench';

const LABEL = 'dev.quayside.test';
const BASE = 'quayside-ui-build/base:latest';
const TAG = 'quayside-ui-build/app:1';

const dockerfile = (check: string): string => `# Two stages, of which the first says a lot.
FROM ${BASE} AS tools
RUN for n in 1 2 3; do echo "preparing $n"; done && \\
    printf '\\033[32mall \\033[1mgood\\033[0m\\n'

FROM tools
ARG GREETING=hello
LABEL ${LABEL}=ui-build
WORKDIR /app
COPY . .
RUN ls -l && \\
    echo "$GREETING you" && \\
    ${check}
CMD ["cat", "/app/hello"]
`;

/** From the Explorer: a build that fails, a look at its lines, and one that does not. */
test.each(themesOf('dark'))('an image is built from the menu of its Dockerfile, in %s', async (theme) => {
  await baseImage(BASE);
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-ui-build-'));
  onTestFinished(async () => {
    fs.rmSync(workspace, { recursive: true, force: true });
    const mine = encodeURIComponent(JSON.stringify({ label: [`${LABEL}=ui-build`] }));
    for (const kind of ['containers', 'images'])
      for (const { Id } of (await ask('GET', `/${kind}/json?all=1&filters=${mine}`)) as { Id: string }[])
        // An image goes with the last that is made of it.
        await ask('DELETE', `/${kind}/${Id}?force=1`).catch(() => undefined);
    await ask('DELETE', `/images/${BASE}`);
  });
  fs.writeFileSync(path.join(workspace, 'hello'), 'hello from the build\n');
  fs.mkdirSync(path.join(workspace, 'large'));
  fs.writeFileSync(path.join(workspace, 'large/data'), Buffer.alloc(3_000_000));
  fs.writeFileSync(path.join(workspace, '.dockerignore'), 'large\n');
  fs.writeFileSync(path.join(workspace, 'Dockerfile'), dockerfile('cat nothing'));

  await using workbench = await openWorkbench({ workspace, theme });
  const { page } = workbench;
  const box = quickInput(page);
  const onDockerfile = async (item: string): Promise<void> => {
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Dockerfile' });
    await file.click({ button: 'right' });
    await chooseFromMenu(page, item);
  };
  const build = async (): Promise<void> => {
    await onDockerfile('Build Image…');
    await box.shown();
  };

  await onDockerfile('Show Build Context');
  const context = page.locator('.monaco-editor .view-lines', { hasText: 'large' });
  await context.waitFor();
  await expect.poll(() => context.innerText()).toMatch(/3\.00\sMB\s+1\s+large/);
  await screenshot(page, `build/${theme}-0-context`);

  await build();
  await screenshot(page, `build/${theme}-1-asked`);
  await box.type(TAG);
  await box.row(`Build as ${TAG}`).waitFor();
  await box.accept();
  await terminal(page).shows("cat: can't open 'nothing'");
  const failed = notification(page, /Step 8\/9/);
  await failed.toast.waitFor();
  await screenshot(page, `build/${theme}-2-failed`);
  await failed.press('Open Dockerfile');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await screenshot(page, `build/${theme}-3-lines`);

  fs.writeFileSync(path.join(workspace, 'Dockerfile'), dockerfile('cat hello'));
  await build();
  const again = box.row('Build again as last time');
  await again.filter({ hasText: TAG }).waitFor();
  await box.pick('Build arguments');
  await box.pick('GREETING');
  await expect.poll(() => box.input.inputValue()).toBe('hello');
  await box.type('welcome');
  await box.accept();
  await box.row('welcome').waitFor();
  await screenshot(page, `build/${theme}-4-arguments`);
  await box.pick('Done');
  await box.row('--build-arg GREETING=welcome').waitFor();
  await screenshot(page, `build/${theme}-5-changed`);
  await box.accept();
  const built = notification(page, `Built ${TAG}.`);
  await built.toast.waitFor();
  await terminal(page).shows('welcome you');
  await terminal(page).shows('hello from the build');
  await terminal(page).shows(/Built \S+ in \d+ s; \d of 9 steps came from the cache\./);
  await screenshot(page, `build/${theme}-6-built`);
  await expect.poll(() => page.locator('.monaco-editor .squiggly-error').count()).toBe(0);
  await runFromPalette(page, 'Terminal: Scroll to Top');
  await terminal(page).shows(/^Sending 3 files, \d+ B$/m);
  await built.press('Run');
  await expect.poll(() => box.title()).toContain('docker run');
  await box.accept();
  await expect.poll(() => terminal(page).text()).toContain('hello from the build');
});
