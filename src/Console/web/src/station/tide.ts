import { useMemo } from "preact/hooks";
import { useLoad } from "../parts/load";
import { type Curve, hourS, isoOf } from "./stretch";

interface Tide {
  is_felt: boolean;
  is_known: boolean;
  from: string;
  every_s: number;
  mm: number[];
}

const stepS = 900;
/** Means of longer stretches have lost the tide already. */
const longestBucket = hourS;

/** The stretch's curve without the tide that the rules have fitted, point for point; null where none is felt, known or left to be seen. */
export function useTide(station: string, from: number, to: number, curve: Curve): { calm: (number | null)[] | null; isAwaited: boolean } {
  const isFine = (curve.every ?? 0) <= longestBucket && to - from <= 31 * 86_400;
  const [begin, end] = [Math.floor(from / hourS) * hourS, Math.ceil(to / hourS + 1) * hourS];
  const { is } = useLoad<Tide>(isFine ? `/api/stations/${encodeURIComponent(station)}/tide?from=${isoOf(begin)}&to=${isoOf(end)}&every=${stepS / 60}m` : null);
  return useMemo(() => {
    if (!isFine || !is?.is_felt) return { calm: null, isAwaited: false };
    if (!is.is_known) return { calm: null, isAwaited: true };
    const first = new Date(is.from).getTime() / 1000;
    const calm = curve.x.map((at, i) => {
      const [stage, steps] = [curve.mid[i], (at - first) / is.every_s];
      const [before, after] = [is.mm[Math.floor(steps)], is.mm[Math.ceil(steps)]];
      if (stage == null || before === undefined || after === undefined) return null;
      return stage - (before + (after - before) * (steps % 1)) / 1000;
    });
    return { calm, isAwaited: false };
  }, [is, isFine, curve]);
}
