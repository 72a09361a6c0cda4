import { plain } from '../ansi';
import { levelOfText } from '../level';
import { CONTINUATION, DIVIDER, sourceOf, withLevel, type Level } from '../meta';
import { continues, type Trace } from '../stack';

interface Open {
  level: Level;
  trace: Trace;
}

/** Tells of lines, in their order, how serious they are and which of them go on with a stack trace. */
export class Classifier {
  readonly #open = new Map<number, Open>();
  /** Whose the line before is; a trace that others spoke into is not folded there. */
  #last = -1;

  /** `text`: lines that each end with `\n`; `meta` is completed in place. */
  classify(text: string, meta: Uint16Array): void {
    let from = 0;
    for (let index = 0; index < meta.length; index++) {
      const end = text.indexOf('\n', from);
      const before = meta[index] ?? 0;
      // What tells a level or a frame stands in front.
      meta[index] = this.#one(plain(text.slice(from, Math.min(end, from + 400))), before);
      from = end + 1;
    }
  }

  #one(line: string, meta: number): number {
    const source = sourceOf(meta);
    const same = this.#last === source;
    if (meta & DIVIDER) {
      this.#last = -1;
      return meta;
    }
    this.#last = source;
    const open = this.#open.get(source) ?? { level: 'none', trace: 'none' };
    this.#open.set(source, open);
    const { continues: goes, trace } = continues(line, open.trace);
    open.trace = trace;
    if (!goes) open.level = levelOfText(line);
    return withLevel(goes && same ? meta | CONTINUATION : meta, open.level);
  }
}
