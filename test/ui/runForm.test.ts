import { afterEach, expect, test } from 'vitest';
import { ask, baseImage, docker, removeLabelled } from '../rig/engine';
import { freePort } from '../../scripts/rig/processes.mjs';
import { screenshot, webview } from './support/screen';
import { openQuayside, view } from './support/views';
import { openWorkbench } from './support/workbench';

const LABEL = 'run-form';
const HOSTILE = '<img src=x onerror="document.title=1"> "quoted" \u202egnp.exe';

afterEach(() => removeLabelled(LABEL));

interface Inspected {
  Id: string;
  Name: string;
  State: { Status: string };
  Config: { Env: string[]; Labels: Record<string, string> };
  HostConfig: { PortBindings: Record<string, { HostPort: string }[]> };
}

const look = async (name: string): Promise<Inspected> =>
  (await ask('GET', `/containers/${name}/json`)) as Inspected;

test.for(['light', 'dark', 'contrast'] as const)('the run form, in %s', async (theme) => {
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
  await shot('problem');
  await list('Ports (host:container)').fill(`127.0.0.1:${port}:80`);
  await list('Environment variables').fill(`GREETING=${HOSTILE}`);
  await list('Environment variables', 1).fill('API_TOKEN=very-secret');
  await field('Run in the background').check();
  const line = form.locator('#line');
  await expect.poll(() => line.inputValue()).toContain(`-p 127.0.0.1:${port}:80`);
  expect(await line.inputValue()).not.toContain('very-secret');
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
  await expect.poll(async () => (await look('quayside-form')).Id, { timeout: 30_000 }).not.toBe(made.Id);
  await expect.poll(async () => (await look('quayside-form')).Config.Env).toContain('GREETING=hello');
  await expect
    .poll(
      async () =>
        (await docker('ps', '-aq', '--filter', `label=dev.quayside.test=${LABEL}`)).trim().split('\n').length,
    )
    .toBe(1);
  expect(workbench.console.filter((one) => /unhandled|Content Security|Refused to/i.test(one))).toEqual([]);
});
