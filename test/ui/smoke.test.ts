import { expect, test } from 'vitest';
import { screenshot } from './support/screen';
import { openQuayside } from './support/views';
import { openWorkbench } from './support/workbench';

test('Quayside is in the activity bar and opens its side bar', async () => {
  await using workbench = await openWorkbench();
  await openQuayside(workbench.page);
  await screenshot(workbench.page, 'smoke');
  const title = workbench.page.locator('.part.sidebar .composite.title h2');
  expect((await title.innerText()).toLowerCase()).toContain('quayside');
});
