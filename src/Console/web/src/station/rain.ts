import { useMemo } from "preact/hooks";
import type { Device } from "../desk/desk";
import { useLoad } from "../parts/load";
import { bucketFor, type Bucket, isoOf } from "./stretch";

/** What fell in each stretch, mm; and what the small axis goes to. Seconds since 1970. */
export interface Rain {
  bars: [from: number, mm: number][];
  every: number;
  most: number;
}

/** A bar for every so many CSS pixels. */
const wide = 240;
const tops = [5, 10, 20, 50, 100, 200, 500];

/** The rain that a device of the station measures: each reading says what has fallen since the one before. Null where none does. */
export function useRain(devices: Device[], station: string, from: number, to: number): Rain | null {
  const device = devices.find((one) => one.station === station && one.values.some((value) => value.quantity === "rain"));
  const [every, seconds] = bucketFor(to - from, wide);
  const [begin, end] = [Math.floor(from / seconds) * seconds, Math.ceil(to / seconds) * seconds];
  const { is } = useLoad<Bucket[]>(device ? `/api/readings?device=${encodeURIComponent(device.id)}&series=rain&from=${isoOf(begin)}&to=${isoOf(end)}&every=${every}` : null);
  return useMemo(() => {
    if (!device || !is) return null;
    const bars = is.map((one): [number, number] => [new Date(one.from).getTime() / 1000, (one.mean ?? 0) * (one.count - one.unbelievable)]).filter(([, mm]) => mm > 0);
    const wettest = Math.max(0, ...bars.map(([, mm]) => mm));
    return { bars, every: seconds, most: tops.find((top) => top >= wettest) ?? wettest };
  }, [device?.id, is, seconds]);
}
