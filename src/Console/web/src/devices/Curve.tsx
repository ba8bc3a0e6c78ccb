import { useState } from "preact/hooks";
import { Choice } from "../parts/Choice";
import { useLoad } from "../parts/load";
import { time } from "../words/format";
import { valueOf } from "../words/names";
import { word } from "./words";

interface Bucket {
  from: string;
  count: number;
  min: number | null;
  mean: number | null;
  max: number | null;
}

const spans = { six: [6, "5m"], day: [24, "10m"], week: [168, "1h"] } as const;
const [width, height] = [600, 160];

/** One quantity of one device over some hours: its mean, and between its least and greatest a band. */
export function Curve({ device, quantity, unit, now }: { device: string; quantity: string; unit: string; now: string }) {
  const [span, setSpan] = useState<keyof typeof spans>("day");
  const [hours, every] = spans[span];
  // Ten minutes at a time: the engine's clock alone asks for nothing.
  const ends = Math.ceil(new Date(now).getTime() / 600_000) * 600_000;
  const begins = ends - hours * 3_600_000;
  const { is: buckets, wrong } = useLoad<Bucket[]>(
    `/api/readings?device=${encodeURIComponent(device)}&series=${encodeURIComponent(quantity)}&from=${new Date(begins).toISOString()}&to=${new Date(ends).toISOString()}&every=${every}`,
  );
  const points = (buckets ?? []).filter((one): one is Bucket & { min: number; mean: number; max: number } => one.mean !== null);
  const [least, most] = [Math.min(...points.map((one) => one.min)), Math.max(...points.map((one) => one.max))];
  const room = most - least || Math.abs(most) || 1;
  const x = (at: string) => ((new Date(at).getTime() - begins) / (ends - begins)) * width;
  const y = (value: number) => height - 8 - ((value - least) / room) * (height - 16);
  const line = (of: (one: (typeof points)[number]) => number) => points.map((one) => `${x(one.from).toFixed(1)},${y(of(one)).toFixed(1)}`);
  const says = (value: number) => valueOf({ quantity, unit, value });
  return (
    <div class="stack tight">
      <Choice label={word("curve")} is={span} of={(["six", "day", "week"] as const).map((one) => [one, word(one)] as const)} onChoose={setSpan} />
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {points.length === 0 ? <p class="empty">{buckets ? word("noCurve") : "…"}</p> : (
        <figure class="curve">
          <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`${says(least)} – ${says(most)}, ${time(begins)} – ${time(ends)}`}>
            <polygon class="band" points={[...line((one) => one.max), ...line((one) => one.min).reverse()].join(" ")} />
            <polyline class="mean" points={line((one) => one.mean).join(" ")} />
          </svg>
          <figcaption><span>{time(begins)}</span><span>{says(least)} – {says(most)}</span><span>{time(ends)}</span></figcaption>
        </figure>
      )}
    </div>
  );
}
