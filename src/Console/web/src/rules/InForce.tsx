import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Level } from "../parts/Level";
import { useLoad } from "../parts/load";
import { Scroll } from "../parts/Scroll";
import { to } from "../shell/route";
import { day, duration, metres, number } from "../words/format";
import { pick } from "../words/language";
import { carrierName, levelName, quantityName, shortLevel } from "../words/names";
import { type InForce as Is, type Member, policyOf, quietOf, type Rule, sentence, testsOf, whyDead } from "./sentences";
import { inShort, type Trial } from "./trial";
import { word } from "./words";

const trialDays = 30;

/** What is in force, to be read; one rule may be pointed at. */
export function InForce({ site, id }: { site: Is; id: string | null }) {
  const [place, setPlace] = useState("");
  const { is: trials } = useLoad<Trial[]>(site.rules.some((one) => one.is_shadow) ? `/api/rules/trials?days=${trialDays}` : null);
  useEffect(() => {
    if (id) document.getElementById(`rule-${id}`)?.scrollIntoView({ block: "center" });
  }, [id]);
  const nameOfStation = (station: string) => site.stations.find((one) => one.id === station)?.name ?? station;
  const nameOf = ({ rule, subject, level }: Member) =>
    `${site.rules.find((one) => one.id === rule)?.name ?? rule}${level === "None" || level === "I" ? "" : ` (${shortLevel(level)}+)`}${subject ? ` – ${nameOfStation(subject)}` : ""}`;
  const rules = site.rules.filter((one) => place === "" || one.stations.length === 0 || one.stations.includes(place));
  const stations = site.stations.filter((one) => place === "" || one.id === place);
  return (
    <>
      <p class="soft">{word("intro")}</p>
      <label class="place no-print">{word("station")}
        <select value={place} onChange={(event) => setPlace(event.currentTarget.value)}>
          <option value="">{word("everywhere")}</option>
          {site.stations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </label>
      {site.warnings.length > 0 && (
        <section class="note bad dead" aria-labelledby="dead">
          <h2 id="dead">{word("warnings")}</h2>
          <ul>{site.warnings.map((one) => (
            <li key={`${one.station} ${one.rule}`}><a href={to("rules", one.rule)}><strong>{site.rules.find((rule) => rule.id === one.rule)?.name ?? one.rule}</strong></a> {word("at")} {nameOfStation(one.station)}: {whyDead(one)}.</li>
          ))}</ul>
          <p>{word("warningsText")}</p>
        </section>
      )}
      <section class="stack tight" aria-labelledby="ladders">
        <h2 id="ladders">{word("ladders")}</h2>
        <div class="columns">{stations.map((one) => <Place key={one.id} place={one} above={one.upstream ? nameOfStation(one.upstream) : null} />)}</div>
      </section>
      <section class="stack tight" aria-labelledby="rules">
        <h2 id="rules">{word("rules")} ({rules.length})</h2>
        <ul class="rows">
          {rules.map((one) => <One key={one.id} rule={one} nameOf={nameOf} stations={one.stations.map(nameOfStation)} isChosen={one.id === id} trial={trials?.find((trial) => trial.rule === one.id) ?? null} deadAt={site.warnings.filter((dead) => dead.rule === one.id).map((dead) => nameOfStation(dead.station))} />)}
        </ul>
      </section>
      <div class="columns">
        <section class="card stack tight" aria-labelledby="deciding">
          <h2 id="deciding">{word("deciding")}</h2>
          {site.deciding.length === 0 ? <p>{word("anybody")}</p> : (
            <>
              <p class="soft">{word("decidingText")}</p>
              <Scroll label={word("deciding")}>
                <table>
                  <thead><tr><th scope="col">{word("about")}</th><th scope="col">{word("who")}</th><th scope="col" class="number">{word("persons")}</th><th scope="col">{word("within")}</th><th scope="col">{word("thenWhat")}</th></tr></thead>
                  <tbody>{site.deciding.map((one, at) => (
                    <tr key={at}>
                      <td>{one.level === null ? word("anything") : one.level === "None" ? word("allClear") : levelName(one.level)}{one.grades.length > 0 && `, ${word("grade")} ${one.grades.join(", ")}`}</td>
                      <td>{word(one.by)}</td>
                      <td class="number">{one.persons}</td>
                      <td>{one.within_s === null ? word("untilOld") : duration(one.within_s)}</td>
                      <td>{one.then.map(word).join(" → ") || "–"}</td>
                    </tr>
                  ))}</tbody>
                </table>
              </Scroll>
            </>
          )}
          <p class="soft">{word("valid")}: {word("validWarning")} {duration(site.warning_valid_for_s)}, {word("validAllClear")} {duration(site.all_clear_valid_for_s)}.</p>
        </section>
        <section class="card stack tight" aria-labelledby="told">
          <h2 id="told">{word("told")}</h2>
          <dl class="facts">
            {site.tellings.map((one) => (
              <Fragment key={one.level}><dt>{one.level === "None" ? word("allClear") : levelName(one.level)}</dt><dd>{one.carriers.map(carrierName).join(one.together ? " + " : " → ")} <span class="soft">({word(one.together ? "atOnceAll" : "inTurn")})</span></dd></Fragment>
            ))}
          </dl>
        </section>
      </div>
      <section class="stack tight" aria-labelledby="quality">
        <h2 id="quality">{word("quality")}</h2>
        <ul class="rows">
          {site.quality.filter((one) => place === "" || one.stations.length === 0 || one.stations.includes(place)).map((one, at) => (
            <li key={at}>
              <span class="rule-body">
                <strong>{quantityName(one.quantity)}</strong> <small>{one.model}{one.stations.length > 0 && ` · ${one.stations.map(nameOfStation).join(", ")}`}</small>
                <span>{testsOf(one).join(" · ")}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** How long it must have been so. */
const lasting = (seconds: number) => (seconds === 0 ? word("atOnce") : `${word("lasts")} ${duration(seconds)}`);

function Place({ place, above }: { place: Is["stations"][number]; above: string | null }) {
  return (
    <section class="card stack tight" aria-label={place.name}>
      <div class="head"><h3><a href={to("station", place.id)}>{place.name}</a></h3><small>{place.river} · {place.datum}</small></div>
      {place.ladders.length === 0 ? <p class="soft">{word("noLadder")}</p> : place.ladders.map((ladder) => (
        <Scroll key={ladder.from} label={`${place.name}, ${word("inForceFrom")} ${day(ladder.from)}`}>
          <table class={ladder.is_in_force ? "" : "past"}>
            <caption>{word("inForceFrom")} {day(ladder.from)}{!ladder.is_in_force && ` · ${word("notInForce")}`}</caption>
            <thead><tr><th scope="col">{word("level")}</th><th scope="col" class="number">{word("begins")}</th><th scope="col" class="number">{word("ends")}</th><th scope="col" class="number">{word("band")}</th></tr></thead>
            <tbody>{ladder.levels.map((one) => (
              <tr key={one.level}>
                <th scope="row"><Level is={one.level} says={shortLevel(one.level)} /></th>
                <td class="number">{metres(one.raise_m)} <small class="line">{lasting(one.raise_hold_s)}</small></td>
                <td class="number">{metres(one.clear_m)} <small class="line">{lasting(one.clear_hold_s)}</small></td>
                <td class="number">{number((one.raise_m - one.clear_m) * 100)} cm</td>
              </tr>
            ))}</tbody>
          </table>
        </Scroll>
      ))}
      <p class="soft">
        {word("reports")} {duration(place.report_every_s)} · {word("late")} {duration(place.lateness_s)}{place.feels_tide && ` · ${word("tide")}`}{above && ` · ${word("below")} ${above}`}
      </p>
    </section>
  );
}

function One({ rule, nameOf, stations, isChosen, trial, deadAt }: {
  rule: Rule;
  nameOf: (member: Member) => string;
  stations: string[];
  isChosen: boolean;
  trial: Trial | null;
  deadAt: string[];
}) {
  const quiet = quietOf(rule, nameOf);
  return (
    <li id={`rule-${rule.id}`} aria-current={isChosen ? "true" : undefined}>
      <span class="rule-body">
        <span class="rule-head">
          <strong>{rule.name}</strong> <span class="badge">{word(rule.type)}</span>
          {rule.is_shadow ? <span class="badge trial">{word("shadow")}</span> : <span class={rule.policy === "Desk" ? "badge" : "badge tells"}>{policyOf(rule)}</span>}
          {deadAt.length > 0 && <span class="badge never">{word("never")} {deadAt.join(", ")}</span>}
          <small>{stations.length > 0 ? stations.join(", ") : ""}</small>
        </span>
        <span>{sentence(rule, nameOf)}</span>
        {trial && <span>{inShort(trial, trialDays)} <a href={to("rules", "trials")}>{word("look")}</a></span>}
        {rule.witnesses.length > 0 && <small>{word("witnesses")}: {rule.witnesses.map(nameOf).join("; ")}</small>}
        {quiet.length > 0 && <small>{word("quiet")}: {quiet.join("; ")}</small>}
        <small class="id">{pick("mã", "id")} {rule.id}</small>
      </span>
    </li>
  );
}
