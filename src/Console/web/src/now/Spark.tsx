import type { Ladder, Level, Station } from "../desk/desk";
import { metres, number, time } from "../words/format";
import { pick } from "../words/language";

const dayMs = 86_400_000;
/** Vietnam's clock is seven hours ahead of UTC, all year. */
const zoneMs = 25_200_000;

const levelsOf = (ladder: Ladder | null): [Level, number][] => (ladder ? [["I", ladder.I], ["II", ladder.II], ["III", ladder.III]] : []);

/** The stage of the last two days with the alarm levels as bands. The picture stretches with its card, its words do not. */
export function Spark({ station }: { station: Station }) {
  const points = station.recent;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return <div class="spark" aria-hidden="true" />;
  const levels = levelsOf(station.ladder);
  const stages = points.map(([, stage]) => stage);
  const known = [...stages, ...levels.map(([, stage]) => stage)];
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  const room = Math.max(0.1, highest - lowest);
  const [top, bottom] = [highest + room * 0.2, lowest - room * 0.08];
  const x = (t: number) => ((t - first[0]) / Math.max(1, last[0] - first[0])) * 100;
  const y = (stage: number) => ((top - stage) / (top - bottom)) * 100;
  const line = points.map(([t, stage], i) => `${i === 0 ? "M" : "L"}${x(t).toFixed(2)} ${y(stage).toFixed(2)}`).join("");
  const peak = points.reduce((most, point) => (point[1] > most[1] ? point : most));
  const days: number[] = [];
  for (let t = Math.ceil((first[0] + zoneMs) / dayMs) * dayMs - zoneMs; t < last[0]; t += dayMs) days.push(t);
  return (
    <div
      class="spark"
      role="img"
      aria-label={pick(
        `Mực nước từ ${time(first[0])} đến ${time(last[0])}, cao nhất ${metres(peak[1])} lúc ${time(peak[0])}`,
        `Stage from ${time(first[0])} to ${time(last[0])}, highest ${metres(peak[1])} at ${time(peak[0])}`,
      )}
    >
      <div class="plot" aria-hidden="true">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          {levels.map(([level, stage], i) => {
            const upper = y(levels[i + 1]?.[1] ?? top);
            return (
              <g key={level} class={`level-${level}`}>
                <rect class="band" x="0" y={upper} width="100" height={Math.max(0, y(stage) - upper)} />
                <line class={`threshold threshold-${level}`} x1="0" x2="100" y1={y(stage)} y2={y(stage)} />
              </g>
            );
          })}
          {days.map((t) => <line key={t} class="midnight" x1={x(t)} x2={x(t)} y1="0" y2="100" />)}
          <path class="water" d={`${line}L${x(last[0]).toFixed(2)} 100L0 100Z`} />
          <path class="line" d={line} />
        </svg>
        <span class="here" style={{ left: `${x(last[0])}%`, top: `${y(last[1])}%` }} />
        {peak[1] > last[1] + room * 0.02 && (
          <span class="peak" style={{ left: `${Math.min(92, Math.max(8, x(peak[0])))}%`, top: `${y(peak[1])}%` }}>{number(peak[1], 2)}</span>
        )}
        {levels.map(([level, stage]) => <span key={level} class="threshold-name" style={{ top: `${y(stage)}%` }}>{level}</span>)}
        {days.filter((t) => x(t) > 6 && x(t) < 94).map((t) => <span key={t} class="axis" style={{ left: `${x(t)}%` }}>{time(t).slice(6)}</span>)}
      </div>
    </div>
  );
}
