import { afterEach, expect, test } from 'vitest';
import { ask, baseImage, docker, removeLabelled } from '../rig/engine';
import { freePort } from '../../scripts/rig/processes.mjs';
import { quickInput, runFromPalette } from './support/quickInput';
import { screenshot, webview } from './support/screen';
import { openQuayside, view } from './support/views';
import { themesOf } from './support/themes';
import { openWorkbench } from './support/workbench';

const LABEL = 'run-form';
const HOSTILE = '<img src=x onerror="document.title=1"> "quoted" \u202egnp.exe';

afterEach(() => removeLabelled(LABEL));

/** What a screen reader says first of a control. */
function nameOf(control: Element): string {
  const labels = (control as Partial<HTMLInputElement>).labels ?? [];
  return (
    control.getAttribute('aria-label') ??
    ([...labels].map((label) => label.textContent).join(' ') || control.textContent)
  ).trim();
}

interface Inspected {
  Id: string;
  Name: string;
  State: { Status: string };
  Config: { Env: string[]; Labels: Record<string, string> };
  HostConfig: { PortBindings: Record<string, { HostPort: string }[]> };
}

const look = async (name: string): Promise<Inspected> =>
  (await ask('GET', `/containers/${name}/json`)) as Inspected;

test.for(themesOf('contrast'))('the run form, in %s', async (theme) => {
  const base = await baseImage();
  const port = await freePort();
  await using workbench = await openWorkbench({ theme });
  const { page } = workbench;
  const shot = (name: string) => screenshot(page, `runForm/${theme}/${name}`);
  await openQuayside(page);
  const images = view(page, 'Images');
  await images.row(base).waitFor();
  await images.choose(base, 'Run with Form…');

  const form = webview(page);
  const field = (label: string) => form.getByLabel(label, { exact: true });
  const list = (label: string, index = 0) =>
    form.getByRole('group', { name: label }).locator('textarea').nth(index);
  await expect.poll(() => field('Image').inputValue()).toBe(base);
  await field('Name').fill('quayside-form');
  await field('Command, when it is another than the image’s').fill('sleep 600');
  await list('Ports (host:container)').fill('80:nonsense');
  await form.getByText('nonsense', { exact: false }).first().waitFor();
  const run = form.getByRole('button', { name: 'Run', exact: true });
  await expect.poll(() => run.getAttribute('disabled')).not.toBeNull();
  // The line says what is filled in, also while it is wrong, and of two rows the wrong one is marked.
  const line = form.locator('#line');
  await expect.poll(() => line.inputValue()).toContain('-p 80:nonsense');
  await list('Ports (host:container)', 1).fill('81:81');
  const invalid = (index: number) => list('Ports (host:container)', index).getAttribute('aria-invalid');
  await expect.poll(() => line.inputValue()).toContain('-p 81:81');
  expect([await invalid(0), await invalid(1), await invalid(2)]).toEqual(['true', null, null]);
  await shot('problem');
  await form.getByRole('button', { name: 'Remove Ports (host:container)' }).nth(1).click();
  await list('Ports (host:container)').fill(`127.0.0.1:${port}:80`);
  await list('Environment variables').fill(`GREETING=${HOSTILE}`);
  await list('Environment variables', 1).fill('API_TOKEN=very-secret');
  await field('Run in the background').check();
  await expect.poll(() => line.inputValue()).toContain(`-p 127.0.0.1:${port}:80`);
  expect(await line.inputValue()).not.toContain('very-secret');
  // What turns the direction of text does not turn the command.
  expect(await line.inputValue()).toContain('⟦U+202E⟧gnp.exe');
  // The line is a way in as well.
  const text = (await line.inputValue()).replace(
    '--name quayside-form',
    `--name quayside-form --label dev.quayside.test=${LABEL}`,
  );
  await line.fill(text);
  await form.getByText('Network and limits').waitFor();
  await shot('filled');
  await expect.poll(() => run.getAttribute('disabled')).toBeNull();
  await run.click();
  await view(page, 'Containers').row('quayside-form').waitFor();
  const made = await look('quayside-form');
  expect(made.State.Status).toBe('running');
  expect(made.Config.Env).toEqual(expect.arrayContaining([`GREETING=${HOSTILE}`, 'API_TOKEN=very-secret']));
  expect(made.Config.Labels['dev.quayside.test']).toBe(LABEL);
  expect(made.HostConfig.PortBindings['80/tcp']?.[0]?.HostPort).toBe(String(port));

  await view(page, 'Containers').choose('quayside-form', 'Edit and Recreate…');
  await expect.poll(() => field('Name').inputValue()).toBe('quayside-form');
  await form.getByText('Nothing yet.').waitFor();
  await list('Environment variables').fill('GREETING=hello');
  await form.getByText('with a new container in its place').waitFor();
  await shot('recreate');
  await form.getByRole('button', { name: 'Recreate' }).click();
  await expect.poll(async () => (await look('quayside-form')).Id).not.toBe(made.Id);
  await expect.poll(async () => (await look('quayside-form')).Config.Env).toContain('GREETING=hello');
  await expect
    .poll(
      async () =>
        (await docker('ps', '-aq', '--filter', `label=dev.quayside.test=${LABEL}`)).trim().split('\n').length,
    )
    .toBe(1);
  expect(workbench.console.filter((one) => /unhandled|Content Security|Refused to/i.test(one))).toEqual([]);
});

test('a line from elsewhere fills the form; a profile keeps no secret', async () => {
  const base = await baseImage();
  await using workbench = await openWorkbench();
  const { page } = workbench;
  await openQuayside(page);
  await runFromPalette(page, 'Quayside Containers: Run with Form…');
  const form = webview(page);
  const field = (label: string) => form.getByLabel(label, { exact: true });
  const line = form.locator('#line');
  await line.fill('docker run --no-such-flag nginx');
  await form.getByText('--no-such-flag', { exact: false }).last().waitFor();
  expect(await line.getAttribute('aria-invalid')).toBe('true');
  await line.fill(
    `sudo docker container run \\\n  --name=pasted -dp 127.0.0.1::80 --label dev.quayside.test=${LABEL} \\\n` +
      `  -e TOKEN="s3 cret" --memory 64m ${base} sleep 600`,
  );
  await expect.poll(() => field('Name').inputValue()).toBe('pasted');
  expect(await field('Image').inputValue()).toBe(base);
  expect(await field('Memory limit').inputValue()).toBe('64m');
  await form.getByRole('button', { name: 'Save as Profile…' }).click();
  const box = quickInput(page);
  await box.type('kept');
  await box.accept();
  await form.getByText('Saved as "kept"').waitFor();
  await field('Image').focus();
  await page.keyboard.press('Control+Enter');
  await view(page, 'Containers').row('pasted').waitFor();
  const made = await look('pasted');
  expect(made.Config.Env).toContain('TOKEN=s3 cret');

  // The profile takes the secret from the environment, where there is none.
  await docker('rm', '-f', 'pasted');
  await runFromPalette(page, 'Quayside Containers: Run Profile or Last Run…');
  await box.row('kept').waitFor();
  await screenshot(page, 'runForm/profiles');
  expect(await box.widget.innerText()).not.toContain('s3 cret');
  await box.pick('kept');
  await expect.poll(async () => (await look('pasted')).State.Status).toBe('running');
  expect((await look('pasted')).Config.Env.join()).not.toContain('TOKEN=');
});

test('the form is filled and run with the keyboard alone, and every control has a name', async () => {
  const base = await baseImage();
  await using workbench = await openWorkbench();
  const { page } = workbench;
  await openQuayside(page);
  await runFromPalette(page, 'Quayside Containers: Run with Form…');
  const form = webview(page);
  // Of a control with a shadow of its own, the outer one.
  const focused = form.locator(':focus').first();
  await focused.waitFor();
  const walked: string[] = [];
  /** Goes on with Tab until the control of this name has the focus. */
  const tabTo = async (name: string): Promise<void> => {
    for (let steps = 0; steps < 60; steps++) {
      const here = await focused.evaluate(nameOf);
      walked.push(here);
      if (here === name) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not come to ${name}: ${walked.join(' | ')}`);
  };
  await tabTo('Image');
  await page.keyboard.type(base);
  await tabTo('Command, when it is another than the image’s');
  await page.keyboard.type('sleep 600');
  await tabTo('Name');
  await page.keyboard.type('quayside-keys');
  await tabTo('Environment variables');
  await page.keyboard.type('KEYS=only');
  await tabTo('Run in the background');
  if (!(await focused.evaluate((box) => (box as HTMLInputElement).checked)))
    await page.keyboard.press('Space');
  await tabTo('Run');
  await page.keyboard.press('Enter');
  await view(page, 'Containers').row('quayside-keys').waitFor();
  const made = await look('quayside-keys');
  await docker('rm', '-f', made.Id);
  expect(made.State.Status).toBe('running');
  expect(made.Config.Env).toContain('KEYS=only');
  expect(walked.filter((name) => name === '')).toEqual([]);
});
