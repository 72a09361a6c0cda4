import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ask, docker, engine } from '../rig/engine';
import { inRegistry, noRegistry } from '../rig/registry';
import { freePort } from '../../scripts/rig/processes.mjs';
import { answerDialog, notification } from './support/menus';
import { quickInput, runFromPalette } from './support/quickInput';
import { screenshot, statusBarItem, webview } from './support/screen';
import { terminal } from './support/terminals';
import { themesOf } from './support/themes';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

interface Inspected {
  Id: string;
  Name: string;
  State: { Status: string; ExitCode: number };
  Config: { Image: string };
}

/** What the engine itself says of its containers. */
async function containers(): Promise<Inspected[]> {
  const all = (await ask('GET', '/containers/json?all=1')) as { Id: string }[];
  return Promise.all(all.map(({ Id }) => ask('GET', `/containers/${Id}/json`) as Promise<Inspected>));
}

async function states(image: string): Promise<string[]> {
  const mine = (await containers()).filter(({ Config }) => Config.Image.replace(/:latest$/, '') === image);
  return mine.map(({ State }) => `${State.Status} ${State.ExitCode}`);
}

const why =
  noRegistry ?? (engine.shared ? 'the engine is shared, and this removes every container' : undefined);

/** The first lesson of a Docker course, with mouse and keyboard. */
test.for(themesOf('light'))('the first lesson, in %s', async (theme, context) => {
  if (why !== undefined) return context.skip(why);
  const hello = inRegistry('diamol/ch02-hello-diamol');
  const base = inRegistry('diamol/base');
  const web = inRegistry('diamol/ch02-hello-diamol-web');
  for (const { Id } of await containers()) await docker('rm', '-f', Id);
  await docker('rmi', '-f', hello, base, web).catch(() => undefined);

  await using workbench = await openWorkbench({ theme, settings: { 'files.simpleDialog.enable': true } });
  const { page } = workbench;
  let step = 0;
  const shot = (name: string) =>
    screenshot(page, `lesson/${theme}/${String(++step).padStart(2, '0')}-${name}`);
  const tree = view(page, 'Containers');
  const images = view(page, 'Images');
  const box = quickInput(page);
  const runImage = async (image: string, options: string): Promise<void> => {
    await runFromPalette(page, 'Quayside Containers: Run…');
    await box.type(image);
    await box.row(image).waitFor();
    await box.accept();
    await expect.poll(() => box.title()).toContain('docker run');
    await box.type(options);
    await box.accept();
  };

  await openQuayside(page);
  await tree.welcome.getByText('No containers yet').waitFor();
  await shot('nothing-yet');

  // 1. Run an image that is not there: it is pulled, and says hello.
  await runImage(hello, '');
  await terminal(page).shows('Hello from Chapter 2!', 60_000);
  await terminal(page).shows(/exit code 0/);
  await expect.poll(() => states(hello)).toEqual(['exited 0']);
  await tree.row(/Exited \(0\)/).waitFor();
  await images.row(/ch02-hello-diamol/).waitFor();
  await shot('hello');

  // 2. Again, from the image's menu: another container, nothing to pull.
  const firstHost = /My name is:\s+(\w+)/.exec(await terminal(page).text())?.[1];
  await images.choose(/ch02-hello-diamol/, 'Run…');
  await box.shown();
  await box.accept();
  await expect.poll(() => states(hello)).toEqual(['exited 0', 'exited 0']);
  await terminal(page).shows(/exit code 0/);
  expect(/My name is:\s+(\w+)/.exec(await terminal(page).text())?.[1]).not.toBe(firstHost);
  await shot('hello-again');

  // 3. A container to type in.
  await runImage(base, '-it --name looking');
  await terminal(page).shows(/[#$] $|[#$]$/, 60_000);
  await terminal(page).type('hostname && echo "I am" $((40+2))');
  await terminal(page).shows('I am 42');
  await tree.row('looking').waitFor();
  await shot('interactive');

  // 4. List, top, logs, inspect.
  await expect
    .poll(async () => (await tree.rows()).find(({ label }) => label === 'looking')?.description)
    .toContain('Up');
  await tree.choose('looking', 'Show Processes');
  await page.locator('.editor-instance .view-lines', { hasText: /PID/ }).waitFor();
  await shot('processes');
  await tree.choose('looking', 'Show Logs');
  await webview(page)
    .locator('.row', { hasText: /^I am 42$/ })
    .waitFor();
  await shot('logs');
  await tree.choose('looking', 'Inspect');
  await page.locator('.editor-instance .view-lines', { hasText: '"Id"' }).waitFor();
  await shot('inspect');
  expect((await workbench.companion.documents()).map(({ language }) => language)).toContain('json');
  await tree.choose('looking', 'Stop');
  await expect.poll(() => states(base)).toEqual(['exited 137']);
  await tree.row(/Exited \(137\)/).waitFor();

  // 5. A web site in the background.
  const port = await freePort();
  await runImage(web, `-d -p ${port}:80 --name site`);
  const started = notification(page, 'site is running');
  await started.toast.waitFor({ timeout: 60_000 });
  await shot('web');
  expect(await started.toast.getByText('Open in Browser').count()).toBe(1);
  const site = `http://${engine.address}:${port}/`;
  expect(await (await fetch(site)).text()).toContain('served by a container');
  await tree.row(new RegExp(`${port}`)).waitFor();

  // 6. Its numbers, live.
  await tree.choose('site', 'Show Stats');
  await webview(page)
    .getByText(/MiB|kB|B \//)
    .first()
    .waitFor();
  await shot('stats');

  // 7. A file of ours into it.
  const file = path.join(workbench.workspace, 'pages/written.html');
  mkdirSync(path.dirname(file));
  writeFileSync(file, '<h1>Written in the editor</h1>');
  await tree.choose('site', 'Copy to Container…');
  // Before its first folder is shown, the dialog writes over what is typed.
  await box.row('index.html').waitFor();
  await box.type(file);
  // The dialog follows what is typed; only then is it this file that is chosen.
  await box.row('written.html').waitFor();
  await box.accept();
  await expect.poll(() => box.title()).toContain('path of the container');
  await box.type('/usr/local/apache2/htdocs/index.html');
  await box.accept();
  await expect.poll(async () => (await fetch(site)).text()).toContain('Written in the editor');
  await shot('copied');

  // 8. What is there, and then nothing.
  await statusBarItem(page, /1\/4/).waitFor();
  await runFromPalette(page, 'Quayside Containers: Remove All Containers…');
  await page.locator('.monaco-dialog-box').waitFor();
  await shot('remove-all');
  expect(await answerDialog(page, 'Remove All')).toContain('site');
  await expect.poll(containers).toEqual([]);
  await tree.welcome.getByText('No containers yet').waitFor();
  await shot('removed');
  await expect
    .poll(() =>
      fetch(site).then(
        () => 'answers',
        () => 'gone',
      ),
    )
    .toBe('gone');
});
