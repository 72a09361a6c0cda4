import { logTerminal, type LogTerminalOptions } from '../../terminals/logTerminal';
import { mergedLogTerminal, type LogSource } from '../../terminals/mergedLogTerminal';
import { openTerminal } from '../terminal';

/** The logs of these containers, in one terminal. */
export function openLogs(sources: readonly LogSource[], options: LogTerminalOptions): void {
  const [first] = sources;
  if (sources.length > 1) openTerminal(mergedLogTerminal(sources, options));
  else if (first) openTerminal(logTerminal(first.engine, first, options));
}
