import { useDesk } from "../desk/context";
import type { Broadcast } from "../desk/desk";
import { Level } from "../parts/Level";
import { to } from "../shell/route";
import { near, number, time } from "../words/format";
import { pick } from "../words/language";
import { deciderName, stateName } from "../words/names";
import { word } from "./words";

const isRunning = (one: Broadcast): boolean => !!one.progress && one.progress.waiting > 0 && !one.stopped_at && !one.expired;

/** The broadcasts that run with how far they are, then the last ones with what became of them. */
export function Told({ most }: { most: number }) {
  const { broadcasts, now } = useDesk();
  const shown = [...broadcasts].sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)) || b.id - a.id).slice(0, most);
  return (
    <section aria-labelledby="told">
      <h2 id="told">{word("told")}</h2>
      {shown.length === 0 ? <p class="soft">{word("nothingTold")}</p> : (
        <ul class="rows">
          {shown.map((one, i) => (
            <li key={one.id} class={`broadcast level-${one.level}`}>
              <a class="go" href={to("told", one.id)}>
                <span><strong>{one.station_name}</strong> · {one.kind === "AllClear" ? word("allClear") : <Level is={one.level} />}</span>
                <small>{near(one.decided_at, now)} · {deciderName(one.decided_by)}{one.stopped_at ? ` · ${word("stopped")}` : one.expired ? ` · ${word("expired")}` : ""}</small>
                {i === 0 && <span class="said">{pick(one.text_vi, one.text_en)}</span>}
                {isRunning(one) ? <Progress of={one} /> : <Counts of={one} />}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Progress({ of: { progress } }: { of: Broadcast }) {
  if (!progress) return null;
  const { total, waiting, finishes_at } = progress;
  return (
    <span class="running">
      <progress max={total} value={total - waiting} aria-label={word("sentOf")} />
      <small>{word("running")} {number(total - waiting)} / {number(total)}{finishes_at && ` · ${word("doneAt")} ${time(finishes_at)}`}</small>
    </span>
  );
}

function Counts({ of: { carriers } }: { of: Broadcast }) {
  const sum = new Map<Parameters<typeof stateName>[0], number>();
  for (const { counts } of carriers)
    for (const [state, count] of Object.entries(counts)) sum.set(state as never, (sum.get(state as never) ?? 0) + count);
  const told = [...sum].filter(([state]) => state !== "passed_on");
  return told.length === 0 ? null : <small>{told.map(([state, count]) => `${number(count)} ${stateName(state)}`).join(" · ")}</small>;
}
