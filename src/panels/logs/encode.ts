import type { LogsBatch } from '../../protocol/logs';
import type { PanelLine } from './line';

/** Lines as the page takes them. Its half of this table is `webview/logs/meta.ts`. */
export function encode(
  lines: readonly PanelLine[],
  { session, batch, older }: Pick<LogsBatch, 'session' | 'batch' | 'older'>,
): LogsBatch {
  const times = new Float64Array(lines.length);
  const meta = new Uint16Array(lines.length);
  let text = '';
  lines.forEach((line, index) => {
    text += `${line.text}\n`;
    times[index] = Number(line.time) / 1e6;
    meta[index] = (line.stream === 'stderr' ? 1 : 0) | (line.divider ? 2 : 0) | (line.source << 6);
  });
  // Of a buffer that it shares with others all would be sent.
  return { type: 'lines', session, batch, older, text: new TextEncoder().encode(text), times, meta };
}
