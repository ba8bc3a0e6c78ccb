import { useDesk } from "../desk/context";
import type { Station } from "../desk/desk";
import { gradeName } from "../now/words";
import { Level } from "../parts/Level";
import { useLoad } from "../parts/load";
import { to } from "../shell/route";
import { age, metres, near, number, time } from "../words/format";
import { pick } from "../words/language";
import { isMeasured, shortLevel, valueOf, quantityName } from "../words/names";
import { word } from "./words";

/** What is known of a station besides its curve. */
export function Facts({ station }: { station: Station }) {
  const { alarms, devices, now } = useDesk();
  const evidence = alarms.find((one) => one.subject === station.id && !one.ended_at && one.grade && isMeasured(one));
  const { forecast } = station;
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{word("facts")}</h2>
      <dl class="facts">
        {evidence?.grade && <><dt>{word("evidence")}</dt><dd>{gradeName(evidence.grade)}</dd></>}
        {station.measured_at && <><dt>{word("measured")}</dt><dd>{near(station.measured_at, now)}</dd></>}
        {station.received_at && (
          <><dt>{word("received")}</dt><dd class={station.silent ? "bad" : ""}>{near(station.received_at, now)}, {age(station.received_at, now)}{station.silent && `: ${word("silent").toLowerCase()}`}</dd></>
        )}
        <dt>{word("expected")}</dt>
        <dd>
          {forecast
            ? <>{shortLevel(forecast.level)} {near(forecast.from, now)}–{forecast.to ? near(forecast.to, forecast.from) : `… ${word("orNot")}`} ({word("middle")} {near(forecast.middle, forecast.from)}, {word("chance")} {number(forecast.probability * 100)}%)</>
            : word("noForecast")}
        </dd>
        {devices.filter((device) => device.station === station.id).map((device) => (
          <>
            <dt key={device.id}><a href={to("devices", device.id)}>{device.name}</a></dt>
            <dd>{device.values.filter((value) => value.quantity !== "stage").map((value) => `${quantityName(value.quantity)} ${valueOf(value)}`).join(", ") || "–"}</dd>
          </>
        ))}
      </dl>
      <Steps station={station} />
      {station.ladder && <p class="skill"><small>{word("skill")}: {skillSays(station)}</small></p>}
      <Late station={station.id} />
    </section>
  );
}

/** The forecasts' record in a sentence. */
function skillSays({ forecast_skill: skill }: Station): string {
  if (!skill || skill.came + skill.stayed + skill.surprises === 0) return word("noSkill");
  return pick(
    `${skill.came} lần tới mức đã báo trước, ${skill.held} lần trong khoảng giờ; ${skill.stayed} lần báo mà không tới, ${skill.surprises} lần tới mà không báo. Sai trung bình ${number(skill.mean_absolute_error_min)} phút, báo trước ${number(skill.mean_lead_min)} phút.`,
    `${skill.came} times the level came as foreseen, ${skill.held} of them within the band; ${skill.stayed} times it stayed away, ${skill.surprises} times it came unforeseen. Mean error ${number(skill.mean_absolute_error_min)} min, mean lead ${number(skill.mean_lead_min)} min.`,
  );
}

function Steps({ station: { ladder, stage_m, level: stands } }: { station: Station }) {
  if (!ladder) return <p class="soft">{word("noLadder")}</p>;
  return (
    <table class="ladder">
      <caption class="out-of-sight">{word("ladder")}</caption>
      <thead><tr><th>{word("ladder")}</th><th class="number">{word("begins")}</th><th class="number">{word("distance")}</th></tr></thead>
      <tbody>
        {(["III", "II", "I"] as const).map((level) => {
          const above = stage_m === null ? null : stage_m - ladder[level];
          return (
            <tr key={level} aria-current={level === stands ? "true" : undefined}>
              <td><Level is={level} /></td>
              <td class="number">{metres(ladder[level])}</td>
              <td class="number">{above === null ? "–" : above >= 0 ? pick(`vượt ${metres(above)}`, `${metres(above)} above`) : pick(`còn ${metres(-above)}`, `${metres(-above)} below`)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface LateOne {
  rule: string;
  level: Station["level"];
  then: Station["level"];
  measured_at: string;
  received_at: string;
  on_the_way_minutes: number;
}

function Late({ station }: { station: string }) {
  const { is } = useLoad<LateOne[]>(`/api/stations/${encodeURIComponent(station)}/late`);
  if (!is || is.length === 0) return null;
  return (
    <details>
      <summary>{word("late")} ({is.length})</summary>
      <ul>
        {is.slice(0, 50).map((one) => (
          <li key={`${one.rule}-${one.measured_at}`}>
            {time(one.measured_at)}: {shortLevel(one.level)} {pick("thay vì", "instead of")} {shortLevel(one.then)}, {pick(`đến sau ${number(one.on_the_way_minutes)} phút`, `${number(one.on_the_way_minutes)} min on the way`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
