// Tells scripts/test.mjs what came of a vitest run: a file with every result, skips with their reasons.
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export default class ResultFile {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest/node').SerializedError[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    /** @type {import('./results.mjs').Results} */
    const results = { passed: [], failed: [], skipped: [] };
    for (const module of modules) {
      const file = module.relativeModuleId;
      for (const error of module.errors()) results.failed.push({ title: file, error: text(error) });
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors())
          results.failed.push({ title: `${file} > ${suite.fullName}`, error: text(error) });
      }
      for (const test of module.children.allTests()) {
        const title = `${file} > ${test.fullName}`;
        const result = test.result();
        if (result.state === 'passed') results.passed.push(title);
        else if (result.state === 'failed')
          results.failed.push({ title, error: result.errors.map(text).join('\n') });
        else
          results.skipped.push(
            result.state === 'skipped' && result.note ? `${title} (${result.note})` : title,
          );
      }
    }
    for (const error of unhandled) results.failed.push({ title: 'an unhandled error', error: text(error) });
    writeFileSync(process.env['QUAYSIDE_RESULTS'] ?? 'results.json', JSON.stringify(results));
  }
}

/** @param {import('vitest/node').SerializedError} error */
function text(error) {
  return stripVTControlCharacters(error.stack ?? error.message);
}
