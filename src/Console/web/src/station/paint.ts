import type uPlot from "uplot";
import type { Ladder, Level } from "../desk/desk";
import { hour, metres, number } from "../words/format";
import { shortLevel } from "../words/names";
import type { ChartProps } from "./Chart";
import { word } from "./words";

/** What is drawn behind and before the curve: alarm levels, rain, what is foreseen. */

/** The share of the picture's height that rain may hang down. */
const rainShare = 0.22;

export const levelsOf = (ladder: Ladder | null): [Exclude<Level, "None">, number][] => (ladder ? [["I", ladder.I], ["II", ladder.II], ["III", ladder.III]] : []);
export const colourOf = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const riskOf = (level: Level) => colourOf(`--risk-${level.toLowerCase()}`);
export const faded = (colour: string, share: number) => `color-mix(in srgb, ${colour} ${share * 100}%, transparent)`;
export const px = () => devicePixelRatio || 1;

/** A stage's place on the canvas, not beyond the picture's edges. */
const placeOf = (u: uPlot, stage: number) => Math.min(u.bbox.top + u.bbox.height, Math.max(u.bbox.top, u.valToPos(stage, "y", true)));

export function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number) {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

/** Under the grid: between two levels the colour of the lower one. */
export function drawBands(u: uPlot, { ladder }: ChartProps) {
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
export function drawLevels(u: uPlot, { ladder }: ChartProps, face: string) {
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
export function drawForecast(u: uPlot, { forecast, curve, to, now }: ChartProps, face: string) {
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

/** Bars that hang from the top on a small axis of their own. */
export function drawRain(u: uPlot, { rain, from, to }: ChartProps, face: string) {
  if (!rain) return;
  const { ctx, bbox } = u;
  const tall = bbox.height * rainShare;
  const right = bbox.left + bbox.width;
  const xOf = (at: number) => Math.min(right, Math.max(bbox.left, u.valToPos(at, "x", true)));
  ctx.save();
  ctx.fillStyle = faded(colourOf("--water"), 0.6);
  for (const [at, mm] of rain.bars.filter(([at]) => at + rain.every > from && at < to)) {
    const [left, end] = [xOf(at), xOf(at + rain.every)];
    ctx.fillRect(left, bbox.top, Math.max(px(), end - left - px()), (tall * mm) / rain.most);
  }
  ctx.strokeStyle = ctx.fillStyle = colourOf("--soft");
  ctx.lineWidth = px();
  ctx.setLineDash([]);
  line(ctx, right, bbox.top, right, bbox.top + tall);
  ctx.font = `${12 * px()}px ${face}`;
  [ctx.textAlign, ctx.textBaseline] = ["right", "middle"];
  for (const share of [0.5, 1]) {
    const [y, mm] = [bbox.top + tall * share, rain.most * share];
    const says = `${number(mm, mm % 1 === 0 ? 0 : 1)}${share === 1 ? " mm" : ""}`;
    const wide = ctx.measureText(says).width;
    line(ctx, right - 5 * px(), y, right, y);
    ctx.fillStyle = faded(colourOf("--card"), 0.8);
    ctx.fillRect(right - 10 * px() - wide, y - 8 * px(), wide + 4 * px(), 16 * px());
    ctx.fillStyle = colourOf("--ink");
    ctx.fillText(says, right - 8 * px(), y);
  }
  ctx.restore();
}
