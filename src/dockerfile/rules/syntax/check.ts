import { parseCheck } from '../../model/directives';
import { ruleNames } from '../catalog';
import type { Report } from '../finding';

/** What BuildKit refuses in `# check=`, and rule names that are none. */
export function checkDirective(report: Report): void {
  const directive = report.model.directives.find(({ name }) => name === 'check');
  if (!directive) return;
  const { value, valueSpan, line } = directive;
  const options = parseCheck(value);
  for (const part of options.unknown)
    report.at(
      'directive',
      line,
      valueSpan,
      '"{0}" means nothing in a check directive: write skip=, experimental= or error=true.',
      [part],
    );
  const known = new Set([...ruleNames('buildkit'), 'all'].map((name) => name.toLowerCase()));
  for (const name of [...options.skip, ...options.experimental]) {
    if (!known.has(name.toLowerCase()))
      report.at('check-name', line, valueSpan, 'BuildKit has no check "{0}".', [name]);
  }
}
