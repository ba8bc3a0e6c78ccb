import { metres, number, time } from "../words/format";
import type { ChartProps } from "./Chart";
import { word } from "./words";

/** What a curve says at a moment. */
export function saysAt({ curve, calm, rain }: Pick<ChartProps, "curve" | "calm" | "rain">, at: number): string | null {
  const index = nearest(curve.x, at);
  const [when, mid, low, high] = [curve.x[index], curve.mid[index], curve.low[index], curve.high[index]];
  if (when === undefined || mid == null) return null;
  const failed = curve.failed.find(([x]) => Math.abs(x - (curve.every ? when : at)) < 1);
  if (failed && !curve.every) return `${time(failed[0] * 1000)} · ${failed[1] === null ? "" : `${metres(failed[1])} · `}${word("failed")}`;
  const isSuspect = curve.suspect.some(([x]) => x === when);
  const range = low != null && high != null && high - low > 0.0005 ? ` (${metres(low)} – ${metres(high)})` : "";
  const withoutTide = calm?.[index];
  const wet = rain?.bars.find(([from]) => from <= when && when < from + rain.every);
  return [
    `${time(when * 1000)} · ${curve.every && range ? `${word("mean")} ` : ""}${metres(mid)}${range}`,
    withoutTide != null && `${word("calm")} ${metres(withoutTide)}`,
    wet && `${word("rain")} ${number(wet[1], 1)} mm`,
    isSuspect && word("suspect"),
    failed && word("someFailed"),
  ].filter(Boolean).join(" · ");
}

export function nearest(xs: number[], at: number): number {
  let [low, high] = [0, xs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < at) low = middle;
    else high = middle;
  }
  return Math.abs((xs[low] ?? Infinity) - at) <= Math.abs((xs[high] ?? Infinity) - at) ? low : high;
}
