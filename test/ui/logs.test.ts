import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../scripts/rig/processes.mjs';
import { baseImage, behindProxy, docker, removeLabelled } from '../rig/engine';
import { quickInput } from './support/quickInput';
import { screenshot, webview } from './support/screen';
import { themesOf } from './support/themes';
import { openWorkbench, type Workbench } from './support/workbench';

const LABEL = 'logs-ui';

let proxy: Awaited<ReturnType<typeof behindProxy>>;
let workbench: Workbench;
let image: string;

beforeAll(async () => {
  await removeLabelled(LABEL);
  image = await baseImage();
  proxy = await behindProxy();
  workbench = await openWorkbench({
    env: { DOCKER_HOST: proxy.host },
    settings: { 'files.simpleDialog.enable': true },
  });
});

afterAll(async () => {
  await workbench[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await removeLabelled(LABEL);
});

async function run(name: string, command: string, ...options: string[]): Promise<string> {
  const args = ['--label', `dev.quayside.test=${LABEL}`, '--name', name, ...options, image];
  return (await docker('run', '-d', ...args, 'sh', '-c', command)).trim();
}

/** Writes to what a container's first process writes to. */
const says = (id: string, words: string, stream: 1 | 2 = 1) =>
  docker('exec', id, 'sh', '-c', `printf '%b\\n' "$1" > /proc/1/fd/${stream}`, 'sh', words);

function show(options: object, ...ids: string[]): Promise<unknown> {
  return workbench.companion.run(
    'quayside.containers.logs',
    ids.map((id) => ({ id })),
    options,
  );
}

const frame = () => webview(workbench.page);
const list = () => frame().getByRole('log');
const rows = () => frame().locator('.row');
/** The texts on screen, without what stands in front of them. */
const texts = () => frame().locator('.row > .text').allInnerTexts();
const fact = async (name: string) => Number(await frame().locator('main').getAttribute(`data-${name}`));
const status = () => frame().locator('footer');
const box = (label: string) => frame().getByRole('textbox', { name: label, exact: true });
/** Writes what is shown to a file, by the button; resolves with what is in it. */
async function exported(name: string): Promise<string> {
  const file = path.join(workbench.workspace, name);
  await frame().getByRole('button', { name: 'Export…' }).click();
  const asks = quickInput(workbench.page);
  // Before its first folder is shown, the dialog writes over what is typed.
  await asks.row('index.html').waitFor();
  await asks.type(file);
  await asks.accept();
  await until('the file', () => existsSync(file));
  return readFileSync(file, 'utf8');
}
const closeAll = () => workbench.companion.run('workbench.action.closeAllEditors');

test('one container is followed, over its restart, the loss of the engine, and its removal', async () => {
  const id = await run(
    'qs-log-one',
    'echo one; sleep 0.3; echo two >&2; trap "exit 3" TERM; while :; do sleep 0.1; done',
  );
  await show({}, id);
  await expect.poll(texts).toEqual(['one', 'two']);
  expect(await rows().nth(1).getAttribute('class')).toContain('stderr');
  expect(await workbench.page.locator('.tab.active').innerText()).toBe('Logs: qs-log-one');
  await says(id, 'three');
  await expect.poll(texts).toEqual(['one', 'two', 'three']);

  await docker('stop', id);
  await expect.poll(async () => (await texts()).at(-1)).toMatch(/Stopped with exit code 3$/);
  expect(await frame().locator('.notices').innerText()).toBe('Not running');
  await docker('start', id);
  await expect
    .poll(async () => (await texts()).slice(-3))
    .toEqual([expect.stringMatching(/Started again$/), 'one', 'two']);
  expect(await frame().locator('.notices').innerText()).toBe('');

  await proxy.down();
  await expect.poll(() => frame().locator('.notices').innerText()).toMatch(/\S+/);
  await screenshot(workbench.page, 'logs-away');
  await says(id, 'meanwhile');
  await proxy.up();
  await expect.poll(async () => (await texts()).at(-1)).toBe('meanwhile');
  expect((await texts()).filter((text) => text === 'one')).toHaveLength(2);

  // Cleared stays cleared, also when the engine comes again.
  await frame().getByRole('button', { name: 'Clear' }).click();
  await expect.poll(texts).toEqual([]);
  await says(id, 'after');
  await expect.poll(texts).toEqual(['after']);
  await proxy.down();
  await expect.poll(() => frame().locator('.notices').innerText()).toMatch(/\S+/);
  await proxy.up();
  await expect.poll(() => frame().locator('.notices').innerText()).toBe('');
  await says(id, 'again');
  await expect.poll(texts).toEqual(['after', 'again']);
  await frame().getByRole('button', { name: 'Show again' }).click();
  await expect.poll(async () => (await texts()).slice(0, 2)).toEqual(['one', 'two']);

  await docker('rm', '-f', id);
  await expect.poll(async () => (await texts()).at(-1)).toMatch(/was removed\.$/);
  expect(await frame().locator('.notices').innerText()).toBe('Removed');
  expect(workbench.console.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
  await closeAll();
});

/** Lines of every kind, in files so that no shell reads them. */
function lines(name: string, text: string | Buffer): string {
  const folder = path.join(workbench.workspace, 'written');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

async function writes(name: string, text: string | Buffer, ...options: string[]): Promise<string> {
  const file = lines(`${name}.txt`, text);
  return run(name, 'cat /lines; exec sleep 1000', '-v', `${file}:/lines:ro`, ...options);
}

const HOSTILE = [
  '<img src=x onerror="document.title=1"><script>document.title="run"</script>',
  '\u202eevil\u202c \u200bhidden',
  '\x1b]0;title\x07\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\ \x1b[2J\x1b[10;10Hmoved',
  'nul \0 bell \x07 half \x1b[31',
  '\x1b[31mred\x1b[0m \x1b[1;38;5;208morange\x1b[0m \x1b[38;2;10;200;30mgreen\x1b[0m \x1b[7mturned',
  'progress 10%\rprogress 20%',
];

test('hostile lines are text: nothing runs, nothing turns, long ones are cut and shown whole when asked', async () => {
  const binary = Buffer.from([0xff, 0xfe, 0x80, 0x41, 0xc3, 0x28, 10]);
  const long = `${'x'.repeat(10 * 1024 * 1024)}END`;
  const id = await writes(
    'qs-log-hostile',
    Buffer.concat([Buffer.from(`${HOSTILE.join('\n')}\n`), binary, Buffer.from(`${long}\nlast\n`)]),
  );
  await show({}, id);
  await expect.poll(async () => (await texts()).at(-1)).toBe('last');
  const shown = await texts();
  expect(shown[0]).toBe(HOSTILE[0]);
  expect(await frame().locator('.list img, .list script').count()).toBe(0);
  expect(shown[1]).toBe('U+202Eevil U+202C U+200Bhidden'.replace('evil U', 'evilU'));
  expect(shown[2]).toBe('link moved');
  expect(shown[3]).toBe('nul ␀ bell ␇ half ␛[31');
  expect(shown[4]).toBe('red orange green turned');
  expect(shown[5]).toBe('progress 10%␍progress 20%');
  expect(shown[6]).toBe('\ufffd\ufffd\ufffdA\ufffd(');
  expect(await rows().nth(4).locator('.fg-1').innerText()).toBe('red');
  const colour = (nth: number) =>
    rows()
      .nth(4)
      .locator('.text > span')
      .nth(nth)
      .evaluate((one) => getComputedStyle(one as HTMLElement).color);
  expect(await colour(1)).toBe('rgb(255, 135, 0)');
  expect(await colour(2)).toBe('rgb(10, 200, 30)');

  // Ten million characters are ten lines here, as many as are drawn of each is bounded.
  expect((await texts()).slice(7, -1).every((text) => text.length === 2000 || text.length < 2000)).toBe(true);
  await frame()
    .getByRole('button', { name: /^Show all/ })
    .first()
    .click();
  expect((await frame().locator('.details pre').innerText()).length).toBeGreaterThan(1_000_000);
  await frame().getByRole('button', { name: 'Close' }).click();
  expect(await workbench.page.title()).not.toMatch(/^1$|run/);
  await screenshot(workbench.page, 'logs-hostile');
  await closeAll();
});

const TRACE = [
  '2025-01-31 INFO server started on port 80',
  'TypeError: cannot read x of undefined',
  '    at handle (/app/app.js:2:7)',
  '    at next (/app/node_modules/express/lib/router.js:10:3)',
  '    at process (node:internal/process:95:5)',
  '{"level":"warn","msg":"slow query","took":{"ms":1200},"id":7}',
  'time=2025-01-31T09:00:00Z level=debug msg="cache miss" key=user:7',
  'plain line',
];

test('search, filters, levels, folding, fields, places in files, times, copy and export', async () => {
  const { companion, page, workspace } = workbench;
  mkdirSync(path.join(workspace, 'web'), { recursive: true });
  writeFileSync(path.join(workspace, 'web/app.js'), 'first\n       second\n');
  const id = await writes(
    'qs-log-lines',
    `${TRACE.join('\n')}\n`,
    '-v',
    `${workspace}/web:/app`,
    '-w',
    '/app',
  );
  await show({}, id);
  // The three frames are folded behind what they belong to.
  await expect.poll(texts).toEqual(TRACE.filter((line) => !line.startsWith('    at')));
  await frame().getByRole('button', { name: '3 more lines' }).click();
  await expect.poll(async () => (await texts()).length).toBe(8);

  await frame().locator('a[role=link]', { hasText: '/app/app.js:2:7' }).click();
  await expect.poll(() => page.locator('.tab.active').innerText()).toBe('app.js');
  await expect.poll(() => page.locator('.statusbar-item', { hasText: 'Ln 2, Col 7' }).count()).toBe(1);
  await companion.run('workbench.action.closeActiveEditor');
  await frame().locator('a[role=link]', { hasText: 'router.js' }).click();
  await expect
    .poll(() => status().innerText())
    .toMatch(/router\.js" is not a file of the folders that are open/);

  await rows().filter({ hasText: 'slow query' }).getByRole('button', { name: 'Line' }).click();
  const details = async () =>
    (await frame().locator('.details dl > *').allInnerTexts()).map((text) => text.replace('⧉', ''));
  expect((await details()).slice(0, 8)).toEqual([
    'level',
    'warn',
    'msg',
    'slow query',
    'took.ms',
    '1200',
    'id',
    '7',
  ]);
  await screenshot(page, 'logs-details');
  await frame().getByRole('button', { name: 'Close' }).click();

  // Levels: a trace is as serious as what it belongs to.
  await frame().getByRole('button', { name: 'Error' }).click();
  await expect.poll(async () => (await texts())[0]).toBe(TRACE[1]);
  expect(await texts()).toHaveLength(4);
  await frame().getByRole('button', { name: 'Error' }).click();

  await box('Filter').fill('QUERY');
  await expect.poll(texts).toEqual([TRACE[5]]);
  await frame()
    .getByRole('group', { name: 'Filter' })
    .getByRole('button', { name: 'Hide what matches' })
    .click();
  await expect.poll(async () => (await texts()).length).toBe(7);
  await box('Filter').press('Escape');
  await frame()
    .getByRole('group', { name: 'Filter' })
    .getByRole('button', { name: 'Hide what matches' })
    .click();

  const search = frame().getByRole('group', { name: 'Search', exact: true });
  await box('Search').fill('LEVEL');
  await expect.poll(() => search.locator('.found-count').innerText()).toBe('1 of 2');
  expect(await frame().locator('.row.current .found').allInnerTexts()).toEqual(['level']);
  await box('Search').press('Shift+Enter');
  await expect.poll(() => search.locator('.found-count').innerText()).toBe('2 of 2');
  await search.getByRole('button', { name: 'Match case' }).click();
  await expect.poll(() => search.locator('.found-count').innerText()).toBe('Nothing found');
  await search.getByRole('button', { name: 'Match case' }).click();
  await search.getByRole('button', { name: 'Use regular expression' }).click();
  await box('Search').fill('^\\w+=\\S+ level=(\\w+)');
  await expect
    .poll(() => frame().locator('.found').allInnerTexts())
    .toEqual(['time=2025-01-31T09:00:00Z level=debug']);
  await box('Search').fill('(');
  await expect.poll(() => search.locator('.box-problem').innerText()).toMatch(/^Not a regular expression/);
  await box('Search').press('Escape');

  await frame().getByRole('combobox', { name: 'Timestamps' }).selectOption('utc');
  await expect
    .poll(() => frame().locator('.row .time').first().innerText())
    .toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/);
  await screenshot(page, 'logs-times');

  await frame().getByRole('combobox', { name: 'Timestamps' }).selectOption('off');
  await box('Filter').fill('plain');
  await expect.poll(texts).toEqual(['plain line']);
  await frame().getByRole('button', { name: 'Copy', exact: true }).click();
  // What was copied is pasted.
  await box('Search').focus();
  await page.keyboard.press('Control+V');
  await expect.poll(() => box('Search').inputValue()).toBe('plain line');
  expect(await exported('exported.log')).toBe('plain line\n');
  await expect.poll(() => status().innerText()).toMatch(/1 lines were written to/);
  await closeAll();
});

test('an expression that would never end is stopped, and the panel lives', async () => {
  const id = await writes('qs-log-evil', `${'a'.repeat(60)}!\nfine\n`);
  await show({}, id);
  await expect.poll(async () => (await texts()).length).toBe(2);
  const filter = frame().getByRole('group', { name: 'Filter' });
  await filter.getByRole('button', { name: 'Use regular expression' }).click();
  await box('Filter').fill('^(a+)+$');
  await expect.poll(() => filter.locator('.box-problem').innerText()).toMatch(/takes too long/);
  expect(await texts()).toHaveLength(2);
  await box('Filter').fill('^f');
  await expect.poll(texts).toEqual(['fine']);
  await closeAll();
});

test('several containers are one log in the order of their times; each can be hidden; older lines come by scrolling', async () => {
  const one = await run(
    'qs-log-a',
    'i=0; while [ $i -lt 3000 ]; do echo "a $i"; i=$((i+1)); done; exec sleep 1000',
  );
  const two = await run(
    'qs-log-b',
    'i=0; while [ $i -lt 3000 ]; do echo "b $i"; i=$((i+1)); done; exec sleep 1000',
  );
  await expect.poll(async () => (await docker('logs', '--tail', '1', two)).trim()).toBe('b 2999');
  await show({ tail: 500 }, one, two);
  await expect.poll(async () => (await texts()).at(-1)).toMatch(/2999$/);
  await says(one, 'first');
  await says(two, 'second');
  await says(one, 'third');
  await expect.poll(async () => (await texts()).slice(-3)).toEqual(['first', 'second', 'third']);
  expect(await rows().last().locator('.name').innerText()).toBe('qs-log-a');
  await screenshot(workbench.page, 'logs-merged');

  const count = async () => fact('lines');
  const before = await count();
  expect(before).toBeLessThan(2000);
  await list().press('Home');
  await until('older lines', async () => (await count()) > before);
  await until('all of them', async () => {
    await list().press('Home');
    return (await count()) === 6003;
  });
  await expect.poll(() => frame().locator('.top').innerText()).toMatch(/begins here/);
  // No line is twice, none is missing, and none is out of its order.
  await frame().getByRole('button', { name: 'qs-log-b' }).click();
  await expect.poll(() => fact('rows')).toBe(3002);
  await list().press('Home');
  await expect.poll(async () => (await texts()).slice(0, 3)).toEqual(['a 0', 'a 1', 'a 2']);
  const own = (await exported('merged.log')).split('\n');
  const wrong = own.findIndex((line, i) => line !== `qs-log-a | a ${i}`);
  expect([wrong, ...own.slice(wrong, wrong + 2)]).toEqual([3000, 'qs-log-a | first', 'qs-log-a | third']);

  // Whoever looks at what was is not pulled away from it.
  await says(one, 'fourth');
  await frame()
    .getByRole('button', { name: /New lines/ })
    .waitFor();
  expect((await texts())[0]).toBe('a 0');
  await frame()
    .getByRole('button', { name: /New lines/ })
    .click();
  await expect.poll(async () => (await texts()).at(-1)).toBe('fourth');
  await closeAll();
});

test.for(themesOf('contrast'))('it looks as its editor does, in %s', async (theme) => {
  const one = await writes(`qs-look-${theme}-web`, `${[...TRACE, ...HOSTILE.slice(3, 5)].join('\n')}\n`);
  const two = await writes(`qs-look-${theme}-db`, 'ready to accept connections\n');
  await using other = await openWorkbench({ theme });
  const targets = [one, two].map((id) => ({ id }));
  await other.companion.run('quayside.containers.logs', targets, { timestamps: true });
  const inside = webview(other.page);
  await inside.locator('.row', { hasText: 'ready to accept' }).waitFor();
  await inside.getByRole('textbox', { name: 'Search', exact: true }).fill('x');
  await inside.locator('.row.current .found').first().waitFor();
  await inside.getByRole('button', { name: 'Wrap' }).click();
  await inside.locator('.list.wrap').waitFor();
  const size = () =>
    inside
      .locator('.list')
      .evaluate((list) => [list.scrollWidth <= list.clientWidth, document.querySelectorAll('.row').length]);
  await expect.poll(size).toEqual([true, TRACE.length + 3]);
  await screenshot(other.page, `logs-${theme}`);
});
