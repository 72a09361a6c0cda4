import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ask, baseImage } from '../rig/engine';
import { chooseFromMenu, notification } from './support/menus';
import { quickInput } from './support/quickInput';
import { screenshot } from './support/screen';
import { terminal } from './support/terminals';
import { openWorkbench } from './support/workbench';

const LABEL = 'dev.quayside.test';
const BASE = 'quayside-ui-build/base:latest';
const TAG = 'quayside-ui-build/app:1';

const dockerfile = (check: string): string => `# Two stages, of which the first says a lot.
FROM ${BASE} AS tools
RUN for n in 1 2 3; do echo "preparing $n"; done && \\
    printf '\\033[32mall \\033[1mgood\\033[0m\\n'

FROM tools
LABEL ${LABEL}=ui-build
WORKDIR /app
COPY . .
RUN ls -l && \\
    ${check}
CMD ["cat", "/app/hello"]
`;

/** From the Explorer: a build that fails, a look at its lines, and one that does not. */
test('an image is built from the menu of its Dockerfile', async () => {
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
  fs.writeFileSync(path.join(workspace, 'Dockerfile'), dockerfile('cat nothing'));

  await using workbench = await openWorkbench({ workspace });
  const { page } = workbench;
  const box = quickInput(page);
  const build = async (): Promise<void> => {
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Dockerfile' });
    await file.click({ button: 'right' });
    await chooseFromMenu(page, 'Build Image…');
    await box.shown();
  };

  await build();
  await box.type(TAG);
  await screenshot(page, 'build/1-asked');
  await box.accept();
  await terminal(page).shows("cat: can't open 'nothing'");
  const failed = notification(page, /Step 7\/8/);
  await failed.toast.waitFor();
  await screenshot(page, 'build/2-failed');
  await failed.press('Open Dockerfile');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await screenshot(page, 'build/3-lines');

  fs.writeFileSync(path.join(workspace, 'Dockerfile'), dockerfile('cat hello'));
  await build();
  await expect.poll(() => box.input.inputValue()).toBe(TAG);
  await box.accept();
  const built = notification(page, `Built ${TAG}.`);
  await built.toast.waitFor();
  await terminal(page).shows('hello from the build');
  await screenshot(page, 'build/4-built');
  await expect.poll(() => page.locator('.monaco-editor .squiggly-error').count()).toBe(0);
  await built.press('Run');
  await expect.poll(() => box.title()).toContain('docker run');
  await box.accept();
  await expect.poll(() => terminal(page).text()).toContain('hello from the build');
});
