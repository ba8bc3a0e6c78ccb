import type uPlot from "uplot";
import type { ChartProps } from "./Chart";
import type { Mark, MarkKind } from "./marks";
import { colourOf, line, px, riskOf } from "./paint";

/** Signs that would cover one another go a row higher, CSS pixels. */
export const [rows, rowHeight] = [3, 16];
const signWidth = 16;

/** Of signs of one kind that would cover one another the first stands for all, CSS pixels. */
const apart = 9;

/** Suspect readings as rings, failed ones as crosses: where they were, though no rule counts a failed one. Of a stretch that is summed up, its worst. */
export function drawFlags(u: uPlot, { curve, from, to }: ChartProps, card: string, ink: string) {
  const { ctx, bbox } = u;
  const size = 4 * px();
  const thinned = <S extends number | null>(all: [number, S][]) => {
    let last = -Infinity;
    return all.map(([at, stage]) => [at, u.valToPos(at, "x", true), stage] as const).filter(([at, x]) => {
      const isShown = at >= from && at <= to && x - last >= (curve.every ? apart * px() : 0);
      if (isShown) last = x;
      return isShown;
    });
  };
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineWidth = 2 * px();
  ctx.strokeStyle = ink;
  ctx.fillStyle = card;
  for (const [, x, stage] of thinned(curve.suspect)) {
    ctx.beginPath();
    ctx.arc(x, u.valToPos(stage, "y", true), size, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  ctx.strokeStyle = colourOf("--bad");
  for (const [, x, stage] of thinned(curve.failed)) {
    // One far off the picture, or of which no height is known, is shown at its edge.
    const [top, bottom] = [bbox.top + size, bbox.top + bbox.height - size];
    const y = stage === null ? bottom : Math.min(bottom, Math.max(top, u.valToPos(stage, "y", true)));
    line(ctx, x - size, y - size, x + size, y + size);
    line(ctx, x - size, y + size, x + size, y - size);
  }
  ctx.restore();
}

/** What people read off the staff: a diamond with its middle at the height. */
export function drawStaff(u: uPlot, { staff, from, to }: ChartProps, card: string, ink: string) {
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

export function drawMarks(u: uPlot, { marks, picked, pointed }: ChartProps, soft: string, ink: string) {
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
