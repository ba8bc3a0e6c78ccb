import { useState } from "preact/hooks";
import { useDesk } from "../desk/context";
import { Level } from "../parts/Level";
import { useLoad } from "../parts/load";
import { Scroll } from "../parts/Scroll";
import { to } from "../shell/route";
import { clock, metres, number, span, time } from "../words/format";
import { pick } from "../words/language";
import { carrierName, shortLevel } from "../words/names";
import type { Change, Result, Run, Score } from "./run";
import type { InForce } from "./sentences";
import { word } from "./words";

const atOnce = 100;
const share = (value: number | null) => (value === null ? "–" : number(value, 2));
const lead = (minutes: number | null) => (minutes === null ? "–" : `${minutes < 0 ? "−" : ""}${span(Math.abs(minutes) * 60)}`);

/** What a run found. */
export function Outcome({ run, site, stretch }: { run: Run; site: InForce; stretch: string }) {
  const { is, wrong } = useLoad<Result>(`/api/backtests/${run.id}/result`);
  const report = `/api/backtests/${run.id}/report`;
  return (
    <section class="stack" aria-labelledby="outcome">
      <div class="head">
        <h2 id="outcome">{word("tryDone")}</h2>
        <small>{stretch}</small>
        <span class="end actions no-print"><a class="button" href={report} target="_blank" rel="noreferrer">{word("report")}</a><a class="button" href={`${report}?download=true`} download>{word("reportSave")}</a></span>
      </div>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is && <Found found={is} site={site} />}
    </section>
  );
}

function Found({ found, site }: { found: Result; site: InForce }) {
  const { summary } = found;
  const nameOf = (rule: string) => site.rules.find((one) => one.id === rule)?.name ?? rule;
  const messages = Object.entries(summary.messages_per_resident).map(([carrier, count]) => `${carrierName(carrier)} ${number(count, 1)}`);
  const figures = [
    [word("readings"), number(summary.readings)],
    [word("held"), `${clock(summary.from)} – ${clock(summary.to)}`],
    [word("alarmsCount"), number(summary.alarms)],
    [word("bulletins"), `${number(summary.bulletins)}${summary.asked > 0 ? ` (${number(summary.asked)} ${word("asked")})` : ""}`],
    [word("perResident"), messages.join(", ") || word("none")],
  ];
  return (
    <>
      <dl class="card figures">{figures.map(([name, says]) => <div key={name}><dt>{name}</dt><dd>{says}</dd></div>)}</dl>
      {found.scores.length > 0 && <Scores scores={found.scores} nameOf={nameOf} />}
      <div class="card stack tight">
        <h3>{word("byRule")}</h3>
        <Scroll label={word("byRule")}>
          <table>
            <thead><tr><th scope="col">{word("rule")}</th><th scope="col" class="number">{word("times")}</th><th scope="col" class="number">{word("aYear")}</th></tr></thead>
            <tbody>{found.rules.map((one) => (
              <tr key={one.rule}>
                <th scope="row"><a href={to("rules", one.rule)}>{nameOf(one.rule)}</a>{one.shadow && <> <span class="badge trial">{word("shadow")}</span></>}</th>
                <td class="number">{number(one.alarms)}</td>
                <td class="number">{one.alarms_per_station_year === null ? "–" : number(one.alarms_per_station_year, 1)}</td>
              </tr>
            ))}</tbody>
          </table>
        </Scroll>
      </div>
      <Changes found={found} nameOf={nameOf} site={site} />
      {found.unknown.length > 0 && <p class="soft">{word("passedOver")}: {found.unknown.map((one) => `${one.name}/${one.quantity} (${number(one.readings)})`).join(", ")}.</p>}
    </>
  );
}

function Scores({ scores, nameOf }: { scores: Score[]; nameOf: (rule: string) => string }) {
  const shown = scores.filter((one) => one.rule === null || one.hits + one.false_alarms > 0);
  const outside = scores.filter((one) => one.rule === null).reduce((sum, one) => sum + one.not_scored, 0);
  return (
    <div class="card stack tight">
      <h3>{word("scores")}</h3>
      <p class="soft">{word("scoresText")}</p>
      <Scroll label={word("scores")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{word("rule")}</th><th scope="col">{word("level")}</th>
              {[word("hits"), word("misses"), word("falseAlarms"), "POD", "FAR", "CSI", word("leadMedian"), word("leadWorst")].map((head) => <th key={head} scope="col" class="number">{head}</th>)}
            </tr>
          </thead>
          <tbody>{shown.map((one) => (
            <tr key={`${one.rule} ${one.level}`} class={one.rule === null ? "lead" : ""}>
              <th scope="row">{one.rule === null ? word("together") : nameOf(one.rule)}</th>
              <td><Level is={one.level} says={shortLevel(one.level)} /></td>
              {[number(one.hits), number(one.misses), number(one.false_alarms), share(one.pod), share(one.far), share(one.csi), lead(one.median_lead_minutes), lead(one.worst_lead_minutes)].map((says, at) => <td key={at} class="number">{says}</td>)}
            </tr>
          ))}</tbody>
        </table>
      </Scroll>
      {outside > 0 && <p class="soft">{number(outside)} {word("notScored")}.</p>}
    </div>
  );
}

/** Alarm by alarm, as the command line gives them too. */
function Changes({ found, nameOf, site }: { found: Result; nameOf: (rule: string) => string; site: InForce }) {
  const { devices } = useDesk();
  const [rule, setRule] = useState("");
  const [most, setMost] = useState(atOnce);
  const fitting = found.alarms.filter((one) => rule === "" || one.rule === rule);
  const place = (station: string | null, device?: string) => (device && devices.find((one) => one.id === device)?.name) ?? device ?? site.stations.find((one) => one.id === station)?.name ?? station ?? "–";
  return (
    <div class="card stack tight">
      <h3>{word("changes")} ({number(found.alarms.length + found.left_out)})</h3>
      {found.alarms.length === 0 ? <p>{word("noChange")}</p> : (
        <>
          <label class="place no-print">{word("rule")}
            <select value={rule} onChange={(event) => { setRule(event.currentTarget.value); setMost(atOnce); }}>
              <option value="">{word("everyRule")}</option>
              {found.rules.filter((one) => one.alarms > 0).map((one) => <option key={one.rule} value={one.rule}>{nameOf(one.rule)}</option>)}
            </select>
          </label>
          <Scroll label={word("changes")}>
            <table class="changes">
              <thead>
                <tr>
                  <th scope="col">{word("when")}</th><th scope="col">{word("change")}</th><th scope="col">{word("rule")}</th>
                  <th scope="col" class="number">{word("stage")}</th><th scope="col" class="number">{word("rate")}</th>
                </tr>
              </thead>
              <tbody>{fitting.slice(0, most).map((one, at) => (
                <tr key={at}>
                  <td>{time(one.at)}</td>
                  <td>{changeOf(one)}</td>
                  <td>{nameOf(one.rule)} <small>{place(one.station, one.device)}</small></td>
                  <td class="number">{one.stage_m === undefined ? "" : metres(one.stage_m)}</td>
                  <td class="number">{one.rate_m_per_h == null ? "" : `${number(one.rate_m_per_h * 100)} ${pick("cm/giờ", "cm/h")}`}</td>
                </tr>
              ))}</tbody>
            </table>
          </Scroll>
          {fitting.length > most && <div class="actions no-print"><button type="button" onClick={() => setMost(most + 5 * atOnce)}>{word("more")} ({number(fitting.length - most)})</button></div>}
          {found.left_out > 0 && <p class="soft">{number(found.left_out)} {word("leftOut")}.</p>}
        </>
      )}
    </div>
  );
}

/** From level to level where it is the river's own; everything else begins or is over. */
const changeOf = ({ from, to: level, cause }: Change) =>
  cause === "threshold" || cause === "release"
    ? <><span class="soft">{shortLevel(from)} →</span> <Level is={level} says={shortLevel(level)} /></>
    : level === "None" ? pick("hết", "over") : pick("bắt đầu", "begins");
