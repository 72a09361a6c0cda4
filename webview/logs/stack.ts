/** Lines that stand in no other place than in a stack trace, of the usual languages. */
const FRAME =
  /^\s+at \S|^\s*\.\.\. \d+ (?:more|common frames)|^Caused by: |^\s+Suppressed: |^\s+File "[^"]*", line \d+|^\s+from \S+:\d+:in |^#\d+ .+(?:\(|:)|^\s{2,}\d+: +\S+::|^\s+-+ end of inner exception/;

const PYTHON = /^\s*Traceback \(most recent call last\):/;
const GO_BEGINS = /^goroutine \d+ \[/;
const GO = /^\t\S+\.go:\d+|^(?:created by )?[\w./*()\-[\]{}]+\(.*\)$|^created by |^exit status |^\[signal /;

export type Trace = 'none' | 'python' | 'go';

/** Whether a line goes on with the trace before it; `trace` is what the line before has begun. */
export function continues(
  text: string,
  trace: Trace,
): { readonly continues: boolean; readonly trace: Trace } {
  const first = text.charCodeAt(0);
  // Most lines begin with neither a blank nor what else a frame begins with.
  const indented = first === 32 || first === 9;
  if (PYTHON.test(text)) return { continues: false, trace: 'python' };
  if (GO_BEGINS.test(text)) return { continues: true, trace: 'go' };
  if (trace === 'go') {
    const goes = text === '' || GO.test(text);
    return { continues: goes, trace: goes ? 'go' : 'none' };
  }
  if (trace === 'python' && indented) return { continues: true, trace };
  if (indented || first === 35 || first === 46 || first === 67)
    return { continues: FRAME.test(text), trace: 'none' };
  return { continues: false, trace: 'none' };
}
