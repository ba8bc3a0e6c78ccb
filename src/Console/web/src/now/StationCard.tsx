import type { Alarm, Station } from "../desk/desk";
import { Level } from "../parts/Level";
import { Trend } from "../parts/Trend";
import { to } from "../shell/route";
import { age, near, number } from "../words/format";
import { pick } from "../words/language";
import { isMeasured, shortLevel } from "../words/names";
import { Spark } from "./Spark";
import { gradeName, word } from "./words";

/** BĐ III 02:40–03:30 */
export function forecastSays({ forecast }: Station, now: string): string | null {
  if (!forecast) return null;
  const until = forecast.to ? near(forecast.to, forecast.from) : "…";
  return `${shortLevel(forecast.level)} ${near(forecast.from, now)}–${until}`;
}

/** The open flood alarm of a station that is best borne out. */
const evidenceOf = (alarms: Alarm[], station: string): Alarm | undefined =>
  alarms.filter((one) => one.subject === station && !one.ended_at && one.grade && isMeasured(one)).sort((a, b) => a.grade!.localeCompare(b.grade!))[0];

/** A station on the river: the whole card leads to its screen. */
export function StationCard({ station, alarms, now, nextLevel }: { station: Station; alarms: Alarm[]; now: string; nextLevel: Station["level"] | null }) {
  const expected = forecastSays(station, now);
  const evidence = evidenceOf(alarms, station.id);
  return (
    <li class={`reach level-${station.level}`}>
      <Reach level={station.level} next={nextLevel} />
      <article class={`card risk station level-${station.level}${station.silent ? " silent" : ""}`}>
        <div class="head">
          <h2><a href={to("station", station.id)}>{station.name}</a></h2>
          <small>{pick(`sông ${station.river}`, `${station.river} river`)}</small>
          {station.ladder ? <span class="end"><Level is={station.level} /></span> : <small class="end">{word("noLadder")}</small>}
        </div>
        {station.stage_m === null ? <p class="stage soft">{word("noReading")}</p> : (
          <>
            <p class="stage"><span class="figure">{number(station.stage_m, 2)} m</span> <Trend rate={station.rate_m_per_h} /></p>
            <p class="relation">{pick(station.relation_vi, station.relation_en) ?? " "}</p>
            {(expected || evidence?.grade) && (
              <p class="ahead">
                {expected && <span class={`expected level-${station.forecast!.level}`}>{word("forecast")} <strong>{expected}</strong>{!station.forecast!.to && ` (${word("orNot")})`}</span>}
                {evidence?.grade && <small>{word("evidence")} {gradeName(evidence.grade)}</small>}
              </p>
            )}
            <p class={station.silent ? "age bad" : "age soft"}>
              {station.silent && <strong>{word("silent")}: </strong>}
              {word("measured")} {near(station.measured_at!, now)} · {age(station.received_at!, now)}
            </p>
          </>
        )}
        <Spark station={station} />
      </article>
    </li>
  );
}

/** The stretch of river from a station to the next one, coloured by its level. */
const Reach = ({ level, next }: { level: Station["level"]; next: Station["level"] | null }) => (
  <span class="water-way" aria-hidden="true">
    <svg class="along" viewBox="0 0 200 20" preserveAspectRatio="none">
      <path class={`bed level-${level}`} d="M0 10q12.5-9 25 0t25 0 25 0 25 0 25 0 25 0 25 0 25 0" />
    </svg>
    <svg class="down" viewBox="0 0 20 200" preserveAspectRatio="none">
      <path class={`bed level-${level}`} d="M10 0q-9 12.5 0 25t0 25 0 25 0 25 0 25 0 25 0 25 0 25" />
    </svg>
    <svg class="post" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9" /></svg>
    {next && <svg class="flow" viewBox="0 0 24 24"><path d="M8 4l9 8-9 8" /></svg>}
  </span>
);
