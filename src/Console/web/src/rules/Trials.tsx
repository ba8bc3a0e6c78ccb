import { useState } from "preact/hooks";
import { useDesk } from "../desk/context";
import { Level } from "../parts/Level";
import { useLoad } from "../parts/load";
import { Scroll } from "../parts/Scroll";
import { to } from "../shell/route";
import { metres, number, span, time } from "../words/format";
import { pick } from "../words/language";
import { shortLevel } from "../words/names";
import type { InForce } from "./sentences";
import { leadOf, type Trial, type TrialAlarm } from "./trial";
import { word } from "./words";

const stretches = [7, 30, 90, 365] as const;
const outcomes = { Agreed: "agreed", Again: "again", False: "false", Open: "open", Missed: "missed" } as const;

/** Each rule on trial beside those in earnest: how often it rose, how often one of them did too, and how long before. */
export function Trials({ site }: { site: InForce }) {
  const [days, setDays] = useState(30);
  const { is: trials, wrong } = useLoad<Trial[]>(`/api/rules/trials?days=${days}`);
  if (!site.rules.some((one) => one.is_shadow)) return <p class="empty">{word("noTrial")}</p>;
  return (
    <>
      <label class="place no-print">{word("days")}
        <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          {stretches.map((one) => <option key={one} value={one}>{pick(`${one} ngày`, `${one} days`)}</option>)}
        </select>
      </label>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {!trials && !wrong && <p class="empty">…</p>}
      {trials && trials.length > 0 && <p class="soft">{word("trialsText")} {span(trials[0]!.tolerance_s)}.</p>}
      {trials?.map((one) => <One key={one.rule} trial={one} site={site} />)}
    </>
  );
}

function One({ trial, site }: { trial: Trial; site: InForce }) {
  const desk = useDesk();
  const nameOf = (rule: string) => site.rules.find((one) => one.id === rule)?.name ?? rule;
  const place = (subject: string) => site.stations.find((one) => one.id === subject)?.name ?? desk.devices.find((one) => one.id === subject)?.name ?? subject;
  const isWater = site.rules.find((one) => one.id === trial.rule)?.type !== "Limit";
  const figures = [
    ["raised", number(trial.raised)], ["agreed", number(trial.agreed)], ["false", number(trial.false)], ["missed", number(trial.missed)], ["open", number(trial.open)],
    ["medianLead", leadOf(trial.median_lead_s)], ["worstLead", leadOf(trial.worst_lead_s)],
  ] as const;
  return (
    <section class="card stack tight trial" aria-labelledby={`trial-${trial.rule}`}>
      <div class="head">
        <h2 id={`trial-${trial.rule}`}><a href={to("rules", trial.rule)}>{nameOf(trial.rule)}</a></h2>
        <span class="badge trial">{word("shadow")}</span>
      </div>
      <p class="soft">
        {trial.same_kind.length + trial.telling.length === 0 ? word("besideNone")
          : [[word("besideSame"), trial.same_kind], [word("besideTelling"), trial.telling]].filter(([, rules]) => rules!.length > 0).map(([says, rules]) => `${says}: ${(rules as string[]).map(nameOf).join(", ")}`).join("; ")}
      </p>
      <dl class="figures">{figures.map(([name, says]) => <div key={name}><dt>{word(name)}</dt><dd>{says}</dd></div>)}</dl>
      {trial.alarms.length === 0 ? <p>{word("noAlarm")}</p> : (
        <Scroll label={nameOf(trial.rule)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{word("outcome")}</th><th scope="col">{word("where")}</th><th scope="col">{word("began")}</th><th scope="col">{word("ended")}</th>
                {isWater && <th scope="col" class="number">{word("peak")}</th>}<th scope="col">{word("realOne")}</th><th scope="col" class="number">{word("lead")}</th>
              </tr>
            </thead>
            <tbody>{trial.alarms.map((one) => <Line key={`${one.id} ${one.real}`} one={one} where={place(one.subject)} isWater={isWater} nameOf={nameOf} />)}</tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Line({ one, where, isWater, nameOf }: { one: TrialAlarm; where: string; isWater: boolean; nameOf: (rule: string) => string }) {
  const began = time(one.opened_at);
  return (
    <tr>
      <th scope="row" class={one.outcome === "False" || one.outcome === "Missed" ? "wrong" : ""}>{word(outcomes[one.outcome])}</th>
      <td>{where}</td>
      <td>{one.id === null ? began : <a href={to("alarms", one.id)}>{began}</a>}</td>
      <td>{one.ended_at ? time(one.ended_at) : word("stands")}</td>
      {isWater && <td class="number">{one.peak_stage_m === null ? <Level is={one.peak} says={shortLevel(one.peak)} /> : metres(one.peak_stage_m)}</td>}
      <td>{one.real === null ? "–" : <a href={to("alarms", one.real)}>{one.real_rule && nameOf(one.real_rule)} {one.real_opened_at && time(one.real_opened_at)}</a>}</td>
      <td class="number">{leadOf(one.lead_s)}</td>
    </tr>
  );
}
