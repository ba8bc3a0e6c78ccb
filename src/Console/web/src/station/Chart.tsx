import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import type { Ladder, Level } from "../desk/desk";
import type { Mark } from "./marks";
import { make, table } from "./plot";
import type { Rain } from "./rain";
import { nearest, saysAt } from "./readout";
import type { Curve } from "./stretch";

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
  /** The same without the tide, point for point; null where none is known. */
  calm: (number | null)[] | null;
  rain: Rain | null;
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
    const made = make(element, shown, setAt);
    plot.current = made;
    const sized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }));
    sized.observe(element);
    return () => {
      sized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme]);

  const { curve, calm, past, from, to } = props;
  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    made.batch(() => {
      made.setData(table(props), false);
      made.setScale("x", { min: from, max: to });
    });
  }, [curve, calm, past, from, to, theme]);
  useEffect(() => plot.current?.redraw(false), [props.marks, props.picked, props.pointed, props.ladder, props.forecast, props.now, props.rain, props.staff]);

  const readout = at === null ? null : saysAt(props, at);
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
