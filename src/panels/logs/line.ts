import type { LogLine } from '../../engine/streams/lines';

/** A line of the panel: what a container wrote, or (`divider`) what happened to it. */
export interface PanelLine extends LogLine {
  readonly divider?: true;
  /** The place of its container among those of the panel. */
  readonly source: number;
}

/** Such a line before it is known whose it is. */
export type OwnLine = Omit<PanelLine, 'source'>;

/** `time` in ms since 1970. */
export function divider(time: number, text: string): OwnLine {
  return {
    stream: 'stdout',
    time: BigInt(Math.round(time)) * 1_000_000n,
    text: text.replace(/\n/g, ' '),
    divider: true,
  };
}
