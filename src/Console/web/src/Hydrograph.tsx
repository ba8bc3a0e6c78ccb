import type { Station } from "./desk";
import { type Language, number, time } from "./words";

const width = 360;
const height = 120;
const right = 30;

/** The stage of the last hours with the alarm levels as bands; a picture of one path, cheap enough for every card. */
export function Hydrograph({ station, language }: { station: Station; language: Language }) {
  const points = station.recent;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return <div class="hydrograph" />;
  const levels = station.ladder ? ([["I", station.ladder.I], ["II", station.ladder.II], ["III", station.ladder.III]] as const) : [];
  const stages = points.map(([, stage]) => stage);
  const top = Math.max(...stages, ...levels.map(([, stage]) => stage)) + 0.3;
  const bottom = Math.min(...stages, ...levels.map(([, stage]) => stage)) - 0.15;
  const x = (t: number) => ((t - first[0]) / Math.max(1, last[0] - first[0])) * (width - right);
  const y = (stage: number) => ((top - stage) / (top - bottom)) * height;
  const line = points.map(([t, stage], i) => `${i === 0 ? "M" : "L"}${x(t).toFixed(1)} ${y(stage).toFixed(1)}`).join("");
  const peak = points.reduce((highest, point) => (point[1] > highest[1] ? point : highest));
  // The number stands beside its point where there is room, never over the edge.
  const peakX = Math.min(Math.max(x(peak[0]), 16), width - right - 16);
  const label = `${station.name}: ${time(new Date(first[0]).toISOString())} – ${time(new Date(last[0]).toISOString())}`;
  return (
    <svg class="hydrograph" viewBox={`0 0 ${width} ${height + 16}`} role="img" aria-label={label}>
      {levels.map(([name, stage], i) => {
        const upper = levels[i + 1]?.[1] ?? top;
        return (
          <g key={name}>
            <rect class={`band band-${name}`} x="0" y={y(upper)} width={width - right} height={Math.max(0, y(stage) - y(upper))} />
            <line class={`threshold threshold-${name}`} x1="0" x2={width - right} y1={y(stage)} y2={y(stage)} />
            <text class="threshold-name" x={width - right + 4} y={y(stage) + 4}>{name}</text>
          </g>
        );
      })}
      <path class="water" d={`${line}L${x(last[0]).toFixed(1)} ${height}L0 ${height}Z`} />
      <path class="line" d={line} />
      <circle class="peak" cx={x(peak[0])} cy={y(peak[1])} r="2.5" />
      <text class="peak-name" x={peakX} y={y(peak[1]) - 5} text-anchor="middle">{number(language, peak[1], 2)}</text>
      <circle class="now" cx={x(last[0])} cy={y(last[1])} r="3.5" />
      <text class="axis" x="0" y={height + 13}>{time(new Date(first[0]).toISOString())}</text>
      <text class="axis" x={width - right} y={height + 13} text-anchor="end">{time(new Date(last[0]).toISOString())}</text>
    </svg>
  );
}
