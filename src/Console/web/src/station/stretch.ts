/** Which stretch of time is shown, and how finely its readings are asked for. Seconds since 1970. */

export const hourS = 3600;
export const dayS = 86_400;
export const yearS = 365 * dayS;

/** With an end, that one; without, it ends now and goes on with the river. */
export interface Stretch {
  span: number;
  end: number | null;
}

export const zooms = [["h6", 6 * hourS], ["d1", dayS], ["d3", 3 * dayS], ["d30", 30 * dayS], ["y1", yearS], ["y5", 5 * yearS]] as const;

export const shortest = 1800;
export const longest = 20 * yearS;

/** Up to here every reading is asked for. */
const rawUpTo = 3 * dayS + hourS;
/** So many at most; a gauge that reports more often is summed up sooner. */
export const mostRaw = 10_000;

const steps = [["1m", 60], ["2m", 120], ["5m", 300], ["10m", 600], ["15m", 900], ["30m", 1800], ["1h", 3600], ["2h", 7200], ["3h", 10_800], ["6h", 21_600], ["12h", 43_200], ["1d", dayS], ["2d", 2 * dayS], ["7d", 7 * dayS], ["14d", 14 * dayS], ["30d", 30 * dayS]] as const;

/** The finest buckets of which no more than a point for every two pixels are needed. */
export const bucketFor = (span: number, width: number): readonly [every: string, seconds: number] =>
  steps.find(([, seconds]) => span / seconds <= Math.max(150, width / 2)) ?? steps[steps.length - 1]!;

export const isoOf = (seconds: number) => new Date(Math.round(seconds) * 1000).toISOString();

/** Where a station's readings of a stretch are asked for. Ends are rounded up, so that the address changes once a step and not with every second. */
export function readingsPath(station: string, from: number, to: number, width: number, tooMany: boolean): string {
  const [every, seconds] = bucketFor(to - from, width);
  const isRaw = to - from <= rawUpTo && !tooMany;
  const step = isRaw ? 60 : seconds;
  const [begin, end] = [Math.floor(from / step) * step, Math.ceil(to / step) * step];
  const of = `/api/readings?station=${encodeURIComponent(station)}&from=${isoOf(begin - step)}&to=${isoOf(end + step)}`;
  return isRaw ? `${of}&limit=${mostRaw}` : `${of}&every=${every}`;
}

export interface Reading {
  measured_at: string;
  received_at: string;
  value: number;
  flag: "Good" | "NotEvaluated" | "Suspect" | "Fail" | "Missing";
}

export interface Bucket {
  from: string;
  count: number;
  /** How many of those no rule believes; the values leave them out. */
  unbelievable: number;
  worst: Reading["flag"];
  min: number | null;
  mean: number | null;
  max: number | null;
}

export const areBuckets = (answer: (Reading | Bucket)[]): answer is Bucket[] => answer.length > 0 && "from" in answer[0]!;

/** What is drawn, metres; a null breaks the line where the gauge was not heard. */
export interface Curve {
  x: number[];
  mid: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  suspect: [number, number][];
  /** Without a stage where none of a stretch can be believed. */
  failed: [number, number | null][];
  /** Seconds of a bucket; null where every reading is shown. */
  every: number | null;
}

const unixS = (at: string) => new Date(at).getTime() / 1000;

/** Makes a curve of what the engine answered. */
export function curveOf(answer: (Reading | Bucket)[]): Curve {
  const curve: Curve = { x: [], mid: [], low: [], high: [], suspect: [], failed: [], every: null };
  if (areBuckets(answer)) {
    const known = answer.filter((one) => one.mean !== null);
    curve.every = spacing(known.map((one) => unixS(one.from)));
    for (const one of answer) {
      const [at, mean] = [unixS(one.from) + curve.every / 2, one.mean === null ? null : one.mean / 1000];
      if (mean !== null) push(curve, at, mean, one.min! / 1000, one.max! / 1000);
      if (one.unbelievable > 0) curve.failed.push([at, mean]);
      else if (one.worst === "Suspect" && mean !== null) curve.suspect.push([at, mean]);
    }
  } else
    for (const { measured_at, value, flag } of answer as Reading[]) {
      const [at, stage] = [unixS(measured_at), value / 1000];
      if (flag === "Fail" || flag === "Missing") {
        curve.failed.push([at, stage]);
        continue;
      }
      if (flag === "Suspect") curve.suspect.push([at, stage]);
      if (at !== curve.x.at(-1)) push(curve, at, stage, stage, stage);
    }
  return broken(curve);
}

function push({ x, mid, low, high }: Curve, at: number, middle: number | null, least: number | null, most: number | null) {
  x.push(at);
  mid.push(middle);
  low.push(least);
  high.push(most);
}

/** The usual time from one to the next. */
function spacing(xs: number[]): number {
  const gaps = xs.slice(1).map((x, i) => x - xs[i]!).sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? 600;
}

/** Breaks the line where four readings in a row did not come. */
function broken(whole: Curve): Curve {
  const longestGap = Math.max(900, spacing(whole.x) * 4.5);
  const curve: Curve = { ...whole, x: [], mid: [], low: [], high: [] };
  whole.x.forEach((at, i) => {
    const last = whole.x[i - 1];
    if (last !== undefined && at - last > longestGap) push(curve, last + 1, null, null, null);
    push(curve, at, whole.mid[i]!, whole.low[i]!, whole.high[i]!);
  });
  return curve;
}

/** The desk's newest points put on the end: the live stream is ahead of what was asked for. */
export function continued(curve: Curve, recent: [number, number][], newest: [number, number] | null): Curve {
  const last = curve.x.at(-1);
  if (last === undefined) return curve;
  const fresh = recent.map(([at, stage]): [number, number] => [at / 1000, stage]).filter(([at]) => at > last + (curve.every ?? 0));
  if (newest && newest[0] > (fresh.at(-1)?.[0] ?? last)) fresh.push(newest);
  if (fresh.length === 0) return curve;
  const all: Curve = { ...curve, x: [...curve.x], mid: [...curve.mid], low: [...curve.low], high: [...curve.high] };
  for (const [at, stage] of fresh) push(all, at, stage, stage, stage);
  return all;
}

/** When a curve first came to a stage from below; null when it did not. */
export function crossing({ x, high }: Curve, stage: number): number | null {
  for (let i = 1; i < x.length; i++) {
    const [before, here] = [high[i - 1], high[i]];
    if (before != null && here != null && before < stage && here >= stage) return x[i]!;
  }
  return null;
}
