import type { Desk, Station } from "./desk";
import { Hydrograph } from "./Hydrograph";
import { age, type Language, levelName, number, time, word } from "./words";

/** An arrow needs more than the gauge's own noise: 2 cm an hour. */
const steady = 0.02;

export function River({ desk, language }: { desk: Desk; language: Language }) {
  return (
    <section aria-labelledby="river">
      <h2 id="river">{word(language, "river")}</h2>
      <div class="stations">
        {desk.stations.map((station) => <StationCard key={station.id} station={station} now={desk.now} language={language} />)}
      </div>
    </section>
  );
}

function StationCard({ station, now, language }: { station: Station; now: string; language: Language }) {
  const relation = language === "vi" ? station.relation_vi : station.relation_en;
  return (
    <article class={`station level-${station.level}`}>
      <h3>
        {station.name} <small>{language === "vi" ? `sông ${station.river}` : `${station.river} river`}</small>
        <span class="badge">{station.ladder ? levelName(language, station.level) : word(language, "noLadder")}</span>
      </h3>
      {station.stage_m === null ? (
        <p class="stage empty">{word(language, "noReading")}</p>
      ) : (
        <>
          <p class="stage">
            <strong>{number(language, station.stage_m, 2)}</strong> m <Trend rate={station.rate_m_per_h} language={language} />
          </p>
          <p class="relation">{relation ?? " "}</p>
          {station.forecast && (
            <p class="forecast">
              {word(language, "expected")} {language === "vi" ? "BĐ" : "level"} {station.forecast.level} {time(station.forecast.from)}–
              {station.forecast.to ? time(station.forecast.to) : word(language, "orNot")}
            </p>
          )}
          <p class={station.silent ? "age bad" : "age"}>
            {station.silent && `${word(language, "silent")} · `}
            {word(language, "measured")} {time(station.measured_at!)} · {age(language, station.received_at!, now)}
          </p>
        </>
      )}
      <Hydrograph station={station} language={language} />
    </article>
  );
}

function Trend({ rate, language }: { rate: number | null; language: Language }) {
  if (rate === null) return null;
  const [arrow, says] = rate > steady ? (["▲", "rising"] as const) : rate < -steady ? (["▼", "falling"] as const) : (["▬", "steady"] as const);
  return (
    <span class="trend" aria-label={`${word(language, says)} ${number(language, rate, 2)} m/h`}>
      {arrow} {number(language, Math.abs(rate) * 100, 0)} cm/{language === "vi" ? "giờ" : "h"}
    </span>
  );
}
