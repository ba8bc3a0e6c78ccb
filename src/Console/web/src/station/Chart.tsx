import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Ladder, Level } from "../desk/desk";
import { hour, metres, number, time } from "../words/format";
import { pick } from "../words/language";
import { shortLevel } from "../words/names";
import type { Mark, MarkKind } from "./marks";
import { type Curve, dayS } from "./stretch";
import { word } from "./words";

export interface Forecast {
  level: Level;
  stage: number;
  /** Seconds; no end: it may also stay away. */
  from: number;
  middle: number;
  to: number | null;
}

export interface ChartProps {
  curve: Curve;
  /** A past flood, laid over this one. */
  past: { x: number[]; y: (number | null)[] } | null;
  from: number;
  to: number;
  now: number;
  ladder: Ladder | null;
  forecast: Forecast | null;
  marks: Mark[];
  /** What was read off the staff gauge: seconds, metres. */
  staff: [at: number, stage: number][];
  /** The moment that is explained, and the mark that is pointed at on the list. */
  picked: number | null;
  pointed: string | null;
  says: string;
  onPick: (seconds: number, mark?: Mark) => void;
  onPoint: (key: string | null) => void;
  onZoom: (from: number, to: number) => void;
}

const near = 9;
/** Signs that would cover one another go a row higher, CSS pixels. */
const [rows, rowHeight, signWidth] = [3, 16, 16];
const zone = "Asia/Ho_Chi_Minh";
const levelsOf = (ladder: Ladder | null): [Exclude<Level, "None">, number][] => (ladder ? [["I", ladder.I], ["II", ladder.II], ["III", ladder.III]] : []);
const colourOf = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const riskOf = (level: Level) => colourOf(`--risk-${level.toLowerCase()}`);

/** The hydrograph: a curve over the alarm levels, with what was foreseen, what was doubted and what people did. */
export function Chart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef(props);
  shown.current = props;
  const [theme, setTheme] = useState(document.documentElement.dataset["theme"]);
  const [at, setAt] = useState<number | null>(null);

  useEffect(() => {
    const watch = new MutationObserver(() => setTheme(document.documentElement.dataset["theme"]));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const element = place.current!;
    const made = make(element, shown, (index) => setAt(index));
    plot.current = made;
    const sized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }));
    sized.observe(element);
    return () => {
      sized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme]);

  const { curve, past, from, to } = props;
  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    made.batch(() => {
      made.setData(table(curve, past), false);
      made.setScale("x", { min: from, max: to });
    });
  }, [curve, past, from, to, theme]);
  useEffect(() => plot.current?.redraw(false), [props.marks, props.picked, props.pointed, props.ladder, props.forecast, props.now, props.staff]);

  const readout = at === null ? null : saysAt(curve, at);
  const step = (by: number) => {
    const { x, mid } = curve;
    let index = at === null ? (by > 0 ? -1 : x.length) : nearest(x, at);
    if (at === null && by < 0) index = x.length;
    do index += Math.sign(by);
    while (index >= 0 && index < x.length && mid[index] === null);
    point(index);
  };
  const point = (index: number) => {
    const made = plot.current;
    const when = curve.x[index];
    const stage = curve.mid[index];
    if (!made || when === undefined || stage == null) return;
    made.setCursor({ left: Math.max(0, made.valToPos(when, "x")), top: made.valToPos(stage, "y") }, false);
    setAt(when);
  };
  const key = (event: KeyboardEvent) => {
    const middle = at ?? (from + to) / 2;
    const does: Record<string, () => void> = {
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      Home: () => point(curve.x.findIndex((x) => x >= from)),
      End: () => point(curve.x.length - 1),
      Enter: () => props.onPick(at ?? props.now),
      "+": () => props.onZoom(middle - (to - from) / 4, middle + (to - from) / 4),
      "=": () => props.onZoom(middle - (to - from) / 4, middle + (to - from) / 4),
      "-": () => props.onZoom(middle - (to - from), middle + (to - from)),
    };
    const deed = does[event.key];
    if (!deed || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    deed();
  };
  return (
    <figure class="chart">
      <div
        ref={place}
        class="canvas"
        role="slider"
        tabIndex={0}
        aria-label={props.says}
        aria-valuemin={Math.round(from)}
        aria-valuemax={Math.round(to)}
        aria-valuenow={Math.round(at ?? Math.min(props.now, to))}
        aria-valuetext={readout ?? props.says}
        onKeyDown={key}
      />
      <figcaption class="readout">{readout ?? " "}</figcaption>
    </figure>
  );
}

/** What a curve says at a moment. */
function saysAt(curve: Curve, at: number): string | null {
  const index = nearest(curve.x, at);
  const [when, mid, low, high] = [curve.x[index], curve.mid[index], curve.low[index], curve.high[index]];
  if (when === undefined || mid == null) return null;
  const failed = curve.failed.find(([x]) => Math.abs(x - at) < 1);
  if (failed) return `${time(failed[0] * 1000)} · ${metres(failed[1])} · ${word("failed")}`;
  const isSuspect = curve.suspect.some(([x]) => x === when);
  const range = low != null && high != null && high - low > 0.0005 ? ` (${metres(low)} – ${metres(high)})` : "";
  return `${time(when * 1000)} · ${curve.every && range ? `${word("mean")} ` : ""}${metres(mid)}${range}${isSuspect ? ` · ${word("suspect")}` : ""}`;
}

function nearest(xs: number[], at: number): number {
  let [low, high] = [0, xs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < at) low = middle;
    else high = middle;
  }
  return Math.abs((xs[low] ?? Infinity) - at) <= Math.abs((xs[high] ?? Infinity) - at) ? low : high;
}

const table = (curve: Curve, past: ChartProps["past"]): uPlot.AlignedData => uPlot.join([
  [curve.x, curve.mid, curve.low, curve.high] as uPlot.AlignedData,
  (past ? [past.x, past.y] : [[], []]) as uPlot.AlignedData,
]);

function make(element: HTMLElement, shown: { current: ChartProps }, tell: (at: number | null) => void): uPlot {
  const [ink, soft, line, water, card] = ["--ink", "--soft", "--line", "--water", "--card"].map(colourOf) as [string, string, string, string, string];
  const face = getComputedStyle(document.body).fontFamily;
  const axis: uPlot.Axis = { stroke: soft, font: `13px ${face}`, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 5 } };
  const { curve, past, from, to } = shown.current;
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
      drawAxes: [(u) => drawLevels(u, shown.current, face)],
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
  }, table(curve, past), element);
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

const faded = (colour: string, share: number) => `color-mix(in srgb, ${colour} ${share * 100}%, transparent)`;
const px = () => devicePixelRatio || 1;

/** A stage's place on the canvas, not beyond the picture's edges. */
const placeOf = (u: uPlot, stage: number) => Math.min(u.bbox.top + u.bbox.height, Math.max(u.bbox.top, u.valToPos(stage, "y", true)));

/** Under the grid: between two levels the colour of the lower one. */
function drawBands(u: uPlot, { ladder }: ChartProps) {
  const { ctx, bbox } = u;
  const levels = levelsOf(ladder);
  ctx.save();
  levels.forEach(([level, stage], i) => {
    const next = levels[i + 1];
    const [lower, upper] = [placeOf(u, stage), next ? placeOf(u, next[1]) : bbox.top];
    ctx.fillStyle = faded(riskOf(level), 0.16);
    ctx.fillRect(bbox.left, upper, bbox.width, lower - upper);
  });
  ctx.restore();
}

/** Over the grid: where each level begins, and its name. */
function drawLevels(u: uPlot, { ladder }: ChartProps, face: string) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.font = `600 ${12 * px()}px ${face}`;
  [ctx.textAlign, ctx.textBaseline] = ["left", "bottom"];
  for (const [level, stage] of levelsOf(ladder)) {
    const y = placeOf(u, stage);
    if (y <= bbox.top || y >= bbox.top + bbox.height) continue;
    ctx.fillStyle = riskOf(level);
    ctx.fillRect(bbox.left, y - px(), bbox.width, 2 * px());
    const says = `${shortLevel(level)} · ${metres(stage)}`;
    ctx.fillStyle = faded(colourOf("--card"), 0.8);
    ctx.fillRect(bbox.left + 3 * px(), y - 18 * px(), ctx.measureText(says).width + 6 * px(), 16 * px());
    ctx.fillStyle = colourOf("--ink");
    ctx.fillText(says, bbox.left + 6 * px(), y - 3 * px());
  }
  ctx.restore();
}

/** From the water as it stands to the level that is expected: the early end, the middle, the late end. */
function drawForecast(u: uPlot, { forecast, curve, to, now }: ChartProps, face: string) {
  const { ctx, bbox } = u;
  const xOf = (at: number) => u.valToPos(at, "x", true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.strokeStyle = colourOf("--soft");
  ctx.lineWidth = px();
  ctx.setLineDash([2 * px(), 4 * px()]);
  line(ctx, xOf(now), bbox.top, xOf(now), bbox.top + bbox.height);
  const [lastX, lastY] = [curve.x.at(-1), curve.mid.at(-1)];
  if (forecast && lastX !== undefined && lastY != null) {
    const colour = riskOf(forecast.level);
    const y = u.valToPos(forecast.stage, "y", true);
    const [fromX, middleX, toX] = [xOf(forecast.from), xOf(forecast.middle), xOf(forecast.to ?? Math.max(to, forecast.middle))];
    ctx.beginPath();
    ctx.moveTo(xOf(lastX), u.valToPos(lastY, "y", true));
    ctx.lineTo(fromX, y);
    ctx.lineTo(toX, y);
    ctx.closePath();
    ctx.fillStyle = faded(colour, 0.25);
    ctx.fill();
    ctx.strokeStyle = colour;
    ctx.setLineDash([6 * px(), 4 * px()]);
    ctx.lineWidth = 2 * px();
    line(ctx, xOf(lastX), u.valToPos(lastY, "y", true), middleX, y);
    ctx.setLineDash([]);
    ctx.fillStyle = colour;
    ctx.fillRect(fromX, y - 5 * px(), Math.max(2 * px(), toX - fromX), 10 * px());
    ctx.fillStyle = colourOf("--ink");
    ctx.fillRect(middleX - px(), y - 8 * px(), 2 * px(), 16 * px());
    const says = `${word("forecast")} ${shortLevel(forecast.level)} ${hour(forecast.from * 1000)}–${forecast.to ? hour(forecast.to * 1000) : "…"}`;
    ctx.font = `600 ${12 * px()}px ${face}`;
    [ctx.textAlign, ctx.textBaseline] = ["left", "top"];
    const wide = ctx.measureText(says).width;
    ctx.fillText(says, Math.max(bbox.left + 4 * px(), Math.min(fromX, bbox.left + bbox.width - wide - 4 * px())), y + 9 * px());
  }
  ctx.restore();
}

/** Suspect readings as rings, failed ones as crosses: where they were, though no rule counts a failed one. */
function drawFlags(u: uPlot, { curve, from, to }: ChartProps, card: string, ink: string) {
  const { ctx, bbox } = u;
  const [size, inside] = [4 * px(), ([at]: [number, number]) => at >= from && at <= to];
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineWidth = 2 * px();
  ctx.strokeStyle = ink;
  ctx.fillStyle = card;
  for (const [at, stage] of curve.suspect.filter(inside)) {
    ctx.beginPath();
    ctx.arc(u.valToPos(at, "x", true), u.valToPos(stage, "y", true), size, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  ctx.strokeStyle = colourOf("--bad");
  for (const [at, stage] of curve.failed.filter(inside)) {
    // One far off the picture is shown at its edge.
    const [x, y] = [u.valToPos(at, "x", true), Math.min(bbox.top + bbox.height - size, Math.max(bbox.top + size, u.valToPos(stage, "y", true)))];
    line(ctx, x - size, y - size, x + size, y + size);
    line(ctx, x - size, y + size, x + size, y - size);
  }
  ctx.restore();
}

/** What people read off the staff: a diamond with its middle at the height. */
function drawStaff(u: uPlot, { staff, from, to }: ChartProps, card: string, ink: string) {
  const { ctx, bbox } = u;
  const size = 6 * px();
  ctx.save();
  ctx.setLineDash([]);
  [ctx.lineWidth, ctx.strokeStyle, ctx.fillStyle] = [2 * px(), ink, card];
  for (const [at, stage] of staff) {
    if (at < from || at > to) continue;
    const [x, y] = [u.valToPos(at, "x", true), Math.min(bbox.top + bbox.height - size, Math.max(bbox.top + size, u.valToPos(stage, "y", true)))];
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function drawMarks(u: uPlot, { marks, picked, pointed }: ChartProps, soft: string, ink: string) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.setLineDash([]);
  const taken: number[] = Array.from({ length: rows }, () => -Infinity);
  for (const mark of marks) {
    const x = u.valToPos(mark.at / 1000, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    const row = Math.max(0, taken.findIndex((last) => x - last >= signWidth * px()));
    taken[row] = x;
    const isPointed = mark.key === pointed;
    ctx.strokeStyle = isPointed ? ink : soft;
    ctx.globalAlpha = isPointed ? 1 : 0.45;
    ctx.lineWidth = (isPointed ? 2 : 1) * px();
    line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    ctx.globalAlpha = 1;
    const path = new Path2D();
    path.addPath(new Path2D(signs[mark.kind]), new DOMMatrix([px(), 0, 0, px(), x - 7 * px(), bbox.top - (17 + row * rowHeight) * px()]));
    ctx.fillStyle = mark.level === "None" ? colourOf("--card") : riskOf(mark.level);
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1.4 * px();
    ctx.fill(path);
    ctx.stroke(path);
  }
  if (picked !== null) {
    const x = u.valToPos(picked, "x", true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      ctx.strokeStyle = colourOf("--accent");
      ctx.lineWidth = 2.5 * px();
      line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    }
  }
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number) {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

/** The sign of each kind of mark, 14 × 14: the same on the picture and on the list. */
export const signs: Record<MarkKind, string> = {
  rise: "M7 1 13 13H1z",
  end: "M1 1H13L7 13z",
  decided: "M7 1 13 7 7 13 1 7z",
  told: "M7 1a6 6 0 1 0 .01 0z",
  first: "M2 2H8V12H2z",
  last: "M6 2H12V12H6z",
};

export const Sign = ({ of: { kind, level } }: { of: Mark }) => (
  <svg class={`sign level-${level}`} viewBox="0 0 14 14" aria-hidden="true"><path d={signs[kind]} /></svg>
);

/** What the picture's signs mean, besides those of the list. */
export const Key = ({ hasForecast, hasPast, hasStaff, every }: { hasForecast: boolean; hasPast: boolean; hasStaff: boolean; every: string | null }) => (
  <p class="key">
    <span><i class="k-line" /> {word("stage")}{every ? `: ${word("mean")}` : ""}</span>
    {every && <span><i class="k-band" /> {word("range")}</span>}
    {!every && <span><i class="k-suspect" /> {word("suspect")}</span>}
    {!every && <span><i class="k-failed">×</i> {word("failed")}</span>}
    {hasForecast && <span><i class="k-forecast" /> {word("forecast")}</span>}
    {hasStaff && <span><i class="k-staff" /> {word("staff")}</span>}
    {hasPast && <span><i class="k-past" /> {word("past")}</span>}
    <small>{every ? `${word("each")} ${every}` : word("raw")}{pick(", giờ Việt Nam", ", Vietnam's time")}</small>
  </p>
);
