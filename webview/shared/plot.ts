import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import type { ChartMark, ChartOptions } from './chart';
import { alone, roundUp } from './scale';

/** px of a chart's height, and of the words beside and below it. */
const HEIGHT = 150;
const SCALE_WIDTH = 76;
const TIME_HEIGHT = 22;
const TIME_WIDTH = 90;

export interface PlotEvents {
  /** What of the time is to be seen, ms. */
  readonly range: () => { from: number; to: number };
  readonly marks: () => readonly ChartMark[];
  /** The pointer is at this time; `undefined` when it has left. */
  readonly pointed: (time: number | undefined) => void;
  /** A part was chosen by dragging; `undefined` for all again. */
  readonly zoomed: (range: { from: number; to: number } | undefined) => void;
}

/** uPlot as the charts want it: in the editor's colours and letters, from zero to a round number, no buttons of its own. */
export function plot(options: ChartOptions, events: PlotEvents, into: HTMLElement): uPlot {
  const { base, leastTop, format, lines } = options;
  const words = { font: font(), stroke: () => colour('descriptionForeground') };
  const grid = { stroke: () => `color-mix(in srgb, ${colour('charts-lines')} 50%, transparent)`, width: 1 };
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium' });
  return new uPlot(
    {
      width: Math.max(100, into.clientWidth),
      height: HEIGHT,
      ms: 1,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: {
        y: false,
        points: { size: 7 },
        drag: { x: true, y: false, setScale: false },
        bind: {
          dblclick: () => () => {
            events.zoomed(undefined);
            return null;
          },
        },
      },
      scales: {
        x: {
          time: true,
          range: () => {
            const { from, to } = events.range();
            return [from, Math.max(to, from + 1)];
          },
        },
        y: {
          range: (_plot, _least, most: number | null) => [0, roundUp(Math.max(leastTop, most ?? 0), base)],
        },
      },
      axes: [
        {
          ...words,
          size: TIME_HEIGHT,
          gap: 2,
          space: TIME_WIDTH,
          grid: { show: false },
          ticks: { ...grid, size: 4 },
          // One at the edge would be cut.
          values: (drawn, splits) =>
            splits.map((split) => (isWithin(drawn, split, TIME_WIDTH / 2) ? time.format(split) : '')),
        },
        {
          ...words,
          grid,
          size: SCALE_WIDTH,
          gap: 4,
          ticks: { show: false },
          splits: ({ scales }) => [0, (scales['y']?.max ?? 1) / 2, scales['y']?.max ?? 1],
          values: (_plot, splits) => splits.map(format),
        },
      ],
      series: [
        {},
        ...lines.map((line): uPlot.Series => ({
          stroke: () => colour(`charts-${line.colour}`),
          width: 1.5,
          ...(line.dashed === true && { dash: [4, 3] }),
          // A value between two interruptions would not be seen otherwise.
          points: { show: true, size: 4, filter: ({ data }, index) => alone([...(data[index] ?? [])]) },
        })),
      ],
      hooks: {
        drawAxes: [(drawn) => drawMarks(drawn, events.marks())],
        setCursor: [
          (drawn) => {
            const { left = -1 } = drawn.cursor;
            events.pointed(left < 0 ? undefined : drawn.posToVal(left, 'x'));
          },
        ],
        setSelect: [
          (drawn) => {
            const { left, width } = drawn.select;
            if (width < 4) return;
            events.zoomed({ from: drawn.posToVal(left, 'x'), to: drawn.posToVal(left + width, 'x') });
            drawn.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    },
    [[], ...lines.map(() => [])],
    into,
  );
}

/** A theme may be chosen at any time; `then` paints anew. */
export function onTheme(then: () => void): { disconnect(): void } {
  const observer = new MutationObserver(then);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  return observer;
}

/** Whether a time is that far (px) from the end of the chart; before its beginning there is room. */
function isWithin(drawn: uPlot, time: number, margin: number): boolean {
  const x = drawn.valToPos(time, 'x');
  return x >= 0 && x <= drawn.bbox.width / devicePixelRatio - margin;
}

function drawMarks(drawn: uPlot, marks: readonly ChartMark[]): void {
  const { ctx, bbox, scales } = drawn;
  const { min = 0, max = 0 } = scales['x'] ?? {};
  ctx.save();
  ctx.strokeStyle = colour('charts-red');
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  for (const { time } of marks) {
    if (time < min || time > max) continue;
    const x = Math.round(drawn.valToPos(time, 'x', true));
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.restore();
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--vscode-${name}`).trim() || 'gray';
}

function font(): string {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  return `${Math.round(parseFloat(fontSize) * 0.85)}px ${fontFamily}`;
}
