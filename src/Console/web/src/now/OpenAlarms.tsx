import { useDesk } from "../desk/context";
import { levelOrder } from "../parts/levels";
import { to } from "../shell/route";
import { near } from "../words/format";
import { pick } from "../words/language";
import { alarmName, isFlood } from "../words/names";
import { word } from "./words";

/** The alarms that stand: floods before devices, the worst first, what is kept quiet last. */
export function OpenAlarms({ most }: { most: number }) {
  const { alarms, now } = useDesk();
  const open = alarms.filter((one) => !one.ended_at).sort((a, b) =>
    Number(!!a.quiet) - Number(!!b.quiet) || Number(isFlood(b)) - Number(isFlood(a)) || levelOrder(b.level) - levelOrder(a.level) || b.opened_at.localeCompare(a.opened_at));
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{word("alarms")} {open.length > 0 && <span class="count">{open.length}</span>}</h2>
      {open.length === 0 ? <p class="soft">{word("noAlarms")}</p> : (
        <ul class="rows">
          {open.slice(0, most).map((one) => (
            <li key={one.id} class={isFlood(one) ? `level-${one.level}` : "level-None"}>
              <a class="go" href={to("alarms", one.id)}>
                <span><strong>{one.subject_name}</strong> · {alarmName(one)}</span>
                <small>{near(one.opened_at, now)}{one.quiet ? ` · ${pick(one.quiet_vi, one.quiet_en)}` : one.acknowledged_by ? ` · ${one.acknowledged_by}` : ""}</small>
              </a>
            </li>
          ))}
        </ul>
      )}
      {open.length > most && <a class="more" href={to("alarms")}>{word("allAlarms")} ({open.length}) →</a>}
    </section>
  );
}
