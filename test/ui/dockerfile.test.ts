import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { screenshot } from './support/screen';
import { themesOf } from './support/themes';
import { openWorkbench } from './support/workbench';

const before = `# A first image, with what beginners write.
FROM debian:12-slim as Build
MAINTAINER somebody@example.org
WORKDIR app
COPY nothing.txt ./
RUN apt-get install curl
EXPOSE 8080/TCP
CMD ./serve --port 8080
CPOY late /
`;

/** Problems as they are typed, one put right by the light bulb, the safe ones on save. */
test.for(themesOf('light'))('a Dockerfile is checked and put right, in %s', async (theme) => {
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-ui-dockerfile-'));
  onTestFinished(() => fs.rmSync(workspace, { recursive: true, force: true }));
  const file = path.join(workspace, 'Dockerfile.web');
  fs.writeFileSync(file, before);
  await using workbench = await openWorkbench({
    theme,
    workspace,
    settings: { 'editor.codeActionsOnSave': { 'source.fixAll.quayside': 'explicit' } },
  });
  const { page } = workbench;
  const shot = (name: string) => screenshot(page, `dockerfile/${theme}/${name}`);
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Dockerfile.web' }).dblclick();
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await page.keyboard.press('Control+Shift+M');
  const problems = page.locator('.markers-panel .monaco-list-row');
  const says = (text: string): Promise<void> => problems.filter({ hasText: text }).first().waitFor();
  await says('Unknown instruction "CPOY". Did you mean COPY?');
  await says("Stage name 'Build' should be lowercase");
  await says('"nothing.txt" is not in the build context');
  await says('DL3014');
  await shot('problems');

  const lines = page.locator('.monaco-editor .view-line');
  await lines.filter({ hasText: 'CPOY' }).getByText('CPOY').click();
  await page.keyboard.press('Control+.');
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Change to COPY' });
  await fix.waitFor();
  await shot('quickFix');
  await page.keyboard.press('Enter');
  await lines.filter({ hasText: 'COPY late /' }).waitFor();

  await page.keyboard.press('Control+S');
  await expect.poll(() => fs.readFileSync(file, 'utf8')).toContain('FROM debian:12-slim AS build');
  expect(fs.readFileSync(file, 'utf8')).toBe(
    before
      .replace('as Build', 'AS build')
      .replace(
        'MAINTAINER somebody@example.org',
        'LABEL org.opencontainers.image.authors="somebody@example.org"',
      )
      .replace('8080/TCP', '8080/tcp')
      .replace('CPOY', 'COPY'),
  );
  await problems.filter({ hasText: 'StageNameCasing' }).waitFor({ state: 'detached' });
  await shot('saved');
});
