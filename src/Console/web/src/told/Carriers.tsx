import { useDesk } from "../desk/context";
import type { Level as Is } from "../desk/desk";
import { areaName, useAreas } from "../parts/areas";
import { useEvery } from "../parts/every";
import { useLoad } from "../parts/load";
import { reason } from "../parts/reasons";
import { Scroll } from "../parts/Scroll";
import { age, duration, near, number, time } from "../words/format";
import { carrierName, shortLevel } from "../words/names";
import { dong, word } from "./words";

interface Carrier {
  carrier: string;
  standing: "Open" | "Probing" | "Stopped";
  since: string | null;
  code: string | null;
  reason: string | null;
  remedy: string | null;
  concern: { code: string; reason: string; remedy: string; by: string | null } | null;
  allowance: { left: number; unit: "Dong" | "Letters" } | null;
}

interface Sirens {
  line: string;
  trouble: string | null;
  wards: { ward_code: string; topic: string; state: "None" | "Warning" | "AllClear" | "Withdrawn"; level: Is; stated_at: string; valid_until: string; stated: boolean }[];
  sirens: { id: string; name: string; ward_code: string; heard_at: string | null; is_unheard: boolean }[];
}

interface Canary {
  on: boolean;
  tried_at: string | null;
  succeeded_at: string | null;
  delivered_s: number | null;
  trouble: string | null;
}

const standings = { Open: "openState", Probing: "probing", Stopped: "stoppedState" } as const;

/** How it stands with those who carry the word: companies, sirens, the trial of the whole way; and what it costs. */
export function Carriers() {
  const { now } = useDesk();
  const tick = useEvery(15_000, true);
  const carriers = useLoad<Carrier[]>("/api/carriers", tick);
  return (
    <section class="stack" aria-labelledby="carriers">
      <h2 id="carriers">{word("carriers")}</h2>
      {carriers.wrong && <p class="note bad" role="alert">{carriers.wrong}</p>}
      {carriers.is?.length === 0 && <p class="note bad">{word("noCarriers")}</p>}
      <div class="columns">
        {carriers.is?.map((one) => (
          <section key={one.carrier} class="card stack" aria-labelledby={`carrier-${one.carrier}`}>
            <div class="head">
              <h3 id={`carrier-${one.carrier}`}>{carrierName(one.carrier)} <span class="soft">{one.carrier}</span></h3>
              <span class={`end ${one.standing === "Open" ? "good" : "bad"}`}>{one.standing === "Open" ? "✓" : "✕"} {word(standings[one.standing])}</span>
            </div>
            {one.standing !== "Open" && (
              <p class="note bad">
                {one.since && `${word("since")} ${near(one.since, now)}: `}{one.reason && reason(one.reason)}{one.code && ` (${word("code")} ${one.code})`}
                {one.remedy && <><br /><strong>{word("remedy")}:</strong> {reason(one.remedy)}</>}
              </p>
            )}
            {one.concern && (
              <p class="note">
                <strong>{word("concern")}{one.concern.by && ` ${word("until")} ${time(one.concern.by)}`}:</strong> {reason(one.concern.reason)}
                <br /><strong>{word("remedy")}:</strong> {reason(one.concern.remedy)}
              </p>
            )}
            <p>{one.allowance ? <>{word("balance")}: <strong>{one.allowance.unit === "Dong" ? dong(one.allowance.left) : `${number(one.allowance.left)} ${word("letters")}`}</strong></> : <span class="soft">{word("unknownBalance")}</span>}</p>
          </section>
        ))}
      </div>
      <Costs />
      <div class="columns">
        <Loudspeakers tick={tick} />
        <Trial tick={tick} />
      </div>
    </section>
  );
}

function Costs() {
  const { is, wrong } = useLoad<{ month: string; carrier: string; letters: number; units: number; cost: number | null }[]>("/api/costs");
  return (
    <section class="card stack" aria-labelledby="costs">
      <h3 id="costs">{word("costs")}</h3>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is?.length === 0 && <p class="soft">{word("noCosts")}</p>}
      {is && is.length > 0 && (
        <Scroll label={word("costs")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{word("month")}</th><th scope="col">{word("carrier")}</th><th scope="col" class="number">{word("count")}</th>
                <th scope="col" class="number">{word("units")}</th><th scope="col" class="number">{word("cost")}</th>
              </tr>
            </thead>
            <tbody>
              {is.map((line) => (
                <tr key={`${line.month} ${line.carrier}`}>
                  <td>{line.month.split("-").reverse().join("/")}</td><td>{carrierName(line.carrier)}</td><td class="number">{number(line.letters)}</td>
                  <td class="number">{number(line.units)}</td><td class="number">{line.cost === null ? word("noPrice") : dong(line.cost)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Loudspeakers({ tick }: { tick: number }) {
  const { now } = useDesk();
  const areas = useAreas();
  const { is, wrong } = useLoad<Sirens>("/api/sirens", tick);
  const standing = is?.wards.filter((ward) => ward.state !== "None") ?? [];
  return (
    <section class="card stack" aria-labelledby="sirens">
      <h3 id="sirens">{word("sirens")}</h3>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is?.trouble && <p class="note bad">{is.trouble}</p>}
      {is && is.sirens.length === 0 && standing.length === 0 && <p class="soft">{word("noSirens")}</p>}
      <ul class="plain">
        {standing.map((ward) => (
          <li key={ward.topic}>
            <strong>{areaName(areas.is, ward.ward_code)}</strong>: {ward.state === "Withdrawn" ? word("WithdrawnSiren") : word(ward.state)} {ward.level !== "None" && shortLevel(ward.level)}{" "}
            <span class={ward.stated ? "soft" : "bad"}>· {word(ward.stated ? "stated" : "unstated")} · {near(ward.stated_at, now)}–{near(ward.valid_until, now)}</span>
          </li>
        ))}
        {is?.sirens.map((siren) => (
          <li key={siren.id}>
            {siren.name} <span class="soft">{areaName(areas.is, siren.ward_code)}</span> ·{" "}
            {siren.is_unheard ? <strong class="bad">{word("unheard")}</strong> : siren.heard_at ? <span class="good">{word("heard")} {near(siren.heard_at, now)}</span> : <span class="soft">–</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Trial({ tick }: { tick: number }) {
  const { now } = useDesk();
  const { is, wrong } = useLoad<Canary>("/api/canary", tick);
  return (
    <section class="card stack" aria-labelledby="canary">
      <h3 id="canary">{word("canary")}</h3>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is && !is.on && <p class="soft">{word("canaryOff")}</p>}
      {is?.on && (
        <p>
          {is.succeeded_at ? <>{word("canaryGood")} {time(is.succeeded_at)} ({age(is.succeeded_at, now)})</> : word("canaryNever")}
          {is.delivered_s !== null && ` · ${word("canaryTook")} ${duration(is.delivered_s)}`}
          {is.tried_at && <span class="soft"> · {word("canaryTried")} {time(is.tried_at)}</span>}
        </p>
      )}
      {is?.trouble && <p class="note bad">{is.trouble}</p>}
    </section>
  );
}
