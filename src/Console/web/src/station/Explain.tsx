import { useLoad } from "../parts/load";
import type { Level as Is } from "../desk/desk";
import { clock, metres, time } from "../words/format";
import { pick } from "../words/language";
import { causeOf, flagOfNumber, word } from "./words";

interface Explanation {
  at: string;
  came_later: number;
  readings: { device: string; measured_at: string; received_at: string; value: number; flag: number }[];
  rules: { rule: string; cause: string; level: Is; since: string | null; vi: string; en: string; clauses: { kind: string; holds: boolean; vi: string; en: string }[] }[];
  site_changes: { at: string; facts: unknown }[];
}

const sentence = (text: string): string => {
  const says = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(says) ? says : `${says}.`;
};

/** Why every rule of a station stood as it did at a moment, by what was known then. */
export function Explain({ station, at, now, onAt }: { station: string; at: number | null; now: string; onAt: (ms: number | null) => void }) {
  const { is, wrong } = useLoad<Explanation>(at === null ? null : `/api/stations/${encodeURIComponent(station)}/explain?at=${new Date(at).toISOString()}`);
  const shown = at !== null && is && Math.abs(new Date(is.at).getTime() - at) < 1000 ? is : null;
  return (
    <section class="card explain" aria-labelledby="why" aria-live="polite">
      <div class="head">
        <h2 id="why">{word("why")}</h2>
        {at !== null && <button type="button" class="quiet end" onClick={() => onAt(null)}>{word("close")}</button>}
      </div>
      {at === null ? <p class="soft">{word("whyHint")}</p> : <p><strong>{word("at")} {clock(at)}</strong></p>}
      {at !== null && wrong && <p class="note bad" role="alert">{wrong}</p>}
      {at !== null && !wrong && !shown && <p class="soft">{word("loading")}</p>}
      {shown && <Said of={shown} />}
      <button type="button" class="no-print" onClick={() => onAt(new Date(now).getTime())}>{word("whyNow")}</button>
    </section>
  );
}

function Said({ of: { readings, came_later, rules, site_changes } }: { of: Explanation }) {
  const newest = readings.at(-1);
  const [raised, calm] = [rules.filter((rule) => rule.level !== "None"), rules.filter((rule) => rule.level === "None")];
  return (
    <>
      <p>
        {newest
          ? pick(`Số đo mới nhất lúc ấy: ${metres(newest.value / 1000)}, đo ${time(newest.measured_at)}, nhận ${time(newest.received_at)} (${flagOfNumber(newest.flag)}).`,
            `The newest reading then: ${metres(newest.value / 1000)}, measured ${time(newest.measured_at)}, received ${time(newest.received_at)} (${flagOfNumber(newest.flag)}).`)
          : pick("Lúc ấy chưa có số đo nào.", "There was no reading then.")}
        {came_later > 0 && " "}
        {came_later > 0 && pick(`${came_later} số đo đã đo trước lúc ấy nhưng đến sau, nên không tính.`, `${came_later} readings had been measured by then and came in later, so they do not count.`)}
      </p>
      <ul class="why">
        {[...raised, ...calm].map((rule) => (
          <li key={rule.rule} class={`level-${rule.level}`}>
            <h3>{sentence(pick(rule.vi, rule.en))} <small>{causeOf(rule.cause)}</small></h3>
            {rule.clauses.length > 0 && (
              <ul>
                {rule.clauses.map((clause, i) => (
                  <li key={i} class={clause.holds ? "holds" : "holds-not"}>
                    <span aria-hidden="true">{clause.holds ? "✓" : "✗"}</span> <span class="out-of-sight">{clause.holds ? word("holds") : word("holdsNot")}: </span>
                    <span>{sentence(pick(clause.vi, clause.en))}</span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {site_changes.length > 0 && <p class="note">{word("siteChanged")} ({site_changes.map((change) => time(change.at)).join(", ")})</p>}
      {readings.length > 0 && (
        <details>
          <summary>{word("rested")} ({readings.length})</summary>
          <div class="scroll used">
            <table>
              <tbody>
                {[...readings].reverse().map((one) => (
                  <tr key={`${one.device}-${one.measured_at}`}><td>{time(one.measured_at)}</td><td class="number">{metres(one.value / 1000)}</td><td>{flagOfNumber(one.flag)}</td><td>{one.device}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </>
  );
}
