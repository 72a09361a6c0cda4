import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { watchRejections } from './rejections';

/** Called by VS Code in the extension host: runs the tests beside this file and leaves what came of them in a file. */
export async function run(): Promise<void> {
  const passed: string[] = [];
  const failed: { title: string; error: string }[] = [];
  const skipped: string[] = [];
  const rejections = watchRejections();
  try {
    const mocha = new Mocha({ ui: 'tdd', timeout: 180_000, reporter: 'min' });
    for (const file of readdirSync(__dirname)) {
      if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
    }
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('pass', (test) => passed.push(test.fullTitle()));
      runner.on('pending', (test) => skipped.push(test.fullTitle()));
      runner.on('fail', (test, error: Error) =>
        failed.push({ title: test.fullTitle(), error: error.stack ?? error.message }),
      );
    });
  } catch (error) {
    failed.push({ title: 'loading the tests', error: String(error instanceof Error ? error.stack : error) });
  }
  for (const error of await rejections()) failed.push({ title: 'a rejection nobody handled', error });
  writeFileSync(
    process.env['QUAYSIDE_HOST_RESULTS'] ?? 'results.json',
    JSON.stringify({ passed, failed, skipped }),
  );
}
