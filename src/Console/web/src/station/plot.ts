import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { hour, number, time } from "../words/format";
import type { ChartProps } from "./Chart";
import type { Mark } from "./marks";
import { colourOf, drawBands, drawForecast, drawLevels, drawRain, faded, levelsOf } from "./paint";
import { drawFlags, drawMarks, drawStaff, rowHeight, rows } from "./signs";
import { dayS } from "./stretch";

/** The plot itself: its axes and series, and what the pointer does on it. */

const near = 9;
const zone = "Asia/Ho_Chi_Minh";

export const table = ({ curve, calm, past }: Pick<ChartProps, "curve" | "calm" | "past">): uPlot.AlignedData => uPlot.join([
  [curve.x, curve.mid, curve.low, curve.high, calm ?? curve.x.map(() => null)] as uPlot.AlignedData,
  (past ? [past.x, past.y] : [[], []]) as uPlot.AlignedData,
]);

export function make(element: HTMLElement, shown: { current: ChartProps }, tell: (at: number | null) => void): uPlot {
  const [ink, soft, line, water, card] = ["--ink", "--soft", "--line", "--water", "--card"].map(colourOf) as [string, string, string, string, string];
  const face = getComputedStyle(document.body).fontFamily;
  const axis: uPlot.Axis = { stroke: soft, font: `13px ${face}`, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 5 } };
  const { from, to } = shown.current;
  const made = new uPlot({
    width: element.clientWidth,
    height: element.clientHeight,
    padding: [rows * rowHeight + 6, 12, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    scales: {
      x: { time: true, auto: false, range: () => [shown.current.from, shown.current.to] },
      y: { range: (_, min, max) => rangeOf(shown.current, min, max) },
    },
    axes: [
      { ...axis, space: 64, size: 44, values: (_, splits, __, ___, every) => timesOf(splits, every) },
      { ...axis, size: 54, values: (_, splits, __, ___, every) => splits.map((stage) => number(stage, every < 0.01 ? 3 : 2)) },
    ],
    series: [
      {},
      { stroke: water, width: 2, points: { show: (u) => { const { min, max } = u.scales["x"]!; return u.data[0].filter((x) => x >= min! && x <= max!).length < u.width / 14; }, size: 5, fill: water } },
      { points: { show: false } },
      { points: { show: false } },
      { stroke: ink, width: 1, points: { show: false } },
      { stroke: soft, width: 2, dash: [6, 5], points: { show: false } },
    ],
    bands: [{ series: [3, 2], fill: faded(water, 0.28) }],
    cursor: {
      x: true, y: false,
      points: { show: true, size: 9 },
      hover: { skip: [null, undefined] },
      drag: { x: true, y: false, setScale: false, dist: 6 },
    },
    hooks: {
      drawClear: [(u) => drawBands(u, shown.current)],
      drawAxes: [(u) => {
        drawRain(u, shown.current, face);
        drawLevels(u, shown.current, face);
      }],
      draw: [(u) => {
        drawForecast(u, shown.current, face);
        drawFlags(u, shown.current, card, ink);
        drawStaff(u, shown.current, card, ink);
        drawMarks(u, shown.current, soft, ink);
      }],
      setCursor: [(u) => {
        const { left } = u.cursor;
        if (left === undefined || left < 0) return;
        tell(u.posToVal(left, "x"));
        shown.current.onPoint(markAt(u, shown.current, left)?.key ?? null);
      }],
      setSelect: [(u) => {
        const { left, width } = u.select;
        if (width < 6) return;
        shown.current.onZoom(u.posToVal(left, "x"), u.posToVal(left + width, "x"));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    },
  }, table(shown.current), element);
  made.setScale("x", { min: from, max: to });
  made.over.addEventListener("mouseleave", () => {
    tell(null);
    shown.current.onPoint(null);
  });
  made.over.addEventListener("click", () => {
    const { left } = made.cursor;
    if (left === undefined || left < 0) return;
    const mark = markAt(made, shown.current, left);
    if (mark) shown.current.onPick(mark.at / 1000, mark);
    else shown.current.onPick(Math.min(made.posToVal(left, "x"), shown.current.now));
  });
  return made;
}

/** The mark under the pointer, if one is near. */
function markAt(u: uPlot, { marks }: ChartProps, left: number): Mark | undefined {
  let [found, least] = [undefined as Mark | undefined, near];
  for (const mark of marks) {
    const away = Math.abs(u.valToPos(mark.at / 1000, "x") - left);
    if (away < least) [found, least] = [mark, away];
  }
  return found;
}

/** The water, the level above it, and what is foreseen. */
function rangeOf({ ladder, forecast }: ChartProps, min: number | null, max: number | null): [number, number] {
  const levels = levelsOf(ladder).map(([, stage]) => stage);
  const [low, high] = [min ?? 0, max ?? levels[0] ?? 1];
  const above = levels.find((stage) => stage > high) ?? high;
  const top = Math.max(high, above, forecast?.stage ?? high);
  const room = Math.max(0.1, top - low) * 0.08;
  return [low - room, top + room * 1.6];
}

/** Hours under days, days under years: as coarse as the grid is. */
function timesOf(splits: number[], every: number): string[] {
  let last = "";
  return splits.map((at) => {
    const [clockTime, date, year] = [hour(at * 1000), time(at * 1000).slice(6), new Date((at + 25_200) * 1000).getUTCFullYear()];
    const [upper, lower] = every < dayS ? [clockTime, date] : every < 27 * dayS ? [date, String(year)] : [`${date.slice(3)}/${year}`, ""];
    const says = lower && lower !== last ? `${upper}\n${lower}` : upper;
    last = lower;
    return says;
  });
}
