// What came of a part of the tests, and how it is told.
import { say } from './say.mjs';

/** @typedef {{ passed: string[], failed: { title: string, error: string }[], skipped: string[] }} Results */

/** Prints what did not pass, and the closing line; resolves to the exit code. @param {Map<string, Results>} parts */
export function tell(parts) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, { passed, failed, skipped }] of parts) {
    sum.passed += passed.length;
    sum.failed += failed.length;
    sum.skipped += skipped.length;
    for (const title of skipped) say(`\nskipped  ${name}: ${title}`);
    for (const { title, error } of failed) say(`\nFAILED   ${name}: ${title}\n${indent(error)}`);
  }
  say('');
  for (const [name, results] of parts) say(`  ${name.padEnd(12)} ${line(count(results))}`);
  say('');
  say(line(sum));
  return sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}

/** @param {Results} results */
export function count({ passed, failed, skipped }) {
  return { passed: passed.length, failed: failed.length, skipped: skipped.length };
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {string} text */
function indent(text) {
  const lines = text.trimEnd().split('\n');
  const more = lines.length > 40 ? [`… ${lines.length - 40} more lines`] : [];
  return [...lines.slice(0, 40), ...more].map((one) => `    ${one}`).join('\n');
}
