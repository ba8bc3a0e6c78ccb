import { useDesk, useNow } from "../desk/context";
import type { Proposal } from "../desk/desk";
import { Level } from "../parts/Level";
import { to } from "../shell/route";
import { countdown, duration, near, secondsBetween } from "../words/format";
import { word } from "./words";

/** What waits for a decision, the most urgent first, each with its clock. */
export function Waiting() {
  const { proposals } = useDesk();
  const now = useNow();
  const sorted = [...proposals].sort((a, b) => (a.decide_by ?? "9").localeCompare(b.decide_by ?? "9"));
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{word("waiting")} {proposals.length > 0 && <span class="count">{proposals.length}</span>}</h2>
      {proposals.length === 0 ? <p class="soft">{word("nothingWaits")}</p> : (
        <ul class="rows">
          {sorted.map((one) => (
            <li key={one.id} class={`level-${one.level}`}>
              <a class="go" href={to("decide", one.id)}>
                <span class="figure">{one.decide_by ? countdown(secondsBetween(now, one.decide_by)) : word("noClock")}</span>
                <span>{one.station_name} · {one.kind === "AllClear" ? word("allClear") : <Level is={one.level} />}</span>
                <Safe proposal={one} now={now} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Until when a decision still helps everybody. */
function Safe({ proposal: { last_safe_moment: last }, now }: { proposal: Proposal; now: number }) {
  if (!last) return null;
  const left = secondsBetween(now, last.at);
  return left < 0
    ? <small class="safe bad">{word("safeOver")}: {near(last.at, now)}</small>
    : <small class="safe">{word("safeUntil")} <strong>{near(last.at, now)}</strong> ({duration(left)})</small>;
}
