import { useState } from "preact/hooks";
import { useDesk } from "../desk/context";
import type { Proposal } from "../desk/desk";
import { type Area, areaName } from "../parts/areas";
import { Kind } from "../parts/Kind";
import { useLoad } from "../parts/load";
import { reason } from "../parts/reasons";
import { to } from "../shell/route";
import { secondsBetween, time } from "../words/format";
import { pick } from "../words/language";
import { personName, word } from "./words";

/** A proposal that was decided, or withdrawn: what became of it, in plain sight. */
export function Past({ id, next, areas }: { id: number; next: Proposal | null; areas: Area[] | null }) {
  const desk = useDesk();
  const found = useLoad<Proposal[]>(`/api/proposals?count=1&before=${id + 1}`, desk.proposals.length, desk.broadcasts[0]?.id);
  const proposal = found.is?.[0];
  if (found.wrong) return <p class="note bad" role="alert">{found.wrong}</p>;
  if (!found.is) return null;
  if (!proposal || proposal.id !== id) return <p class="empty">{word("notFound")}</p>;
  return (
    <article class={`card risk level-${proposal.level} stack`}>
      <h2><Kind of={proposal} /> {proposal.station_name} <span class="soft">{proposal.rule_name}</span></h2>
      <p role="status"><Became proposal={proposal} /></p>
      {proposal.reason && <p>{word("reason")}: {reason(proposal.reason)}</p>}
      <p lang={pick("vi", "en")}>{pick(proposal.text_vi, proposal.text_en)}</p>
      <p class="soft">{word("asked")} {time(proposal.proposed_at)} · {proposal.areas.map((code) => areaName(areas, code)).join(", ")}</p>
      {next && <div class="actions"><a class="button primary" href={to("decide", next.id)}>{word("nextWaits")}: {next.station_name} →</a></div>}
    </article>
  );
}

function Became({ proposal: { state, decided_at, decided_by, bulletin } }: { proposal: Proposal }) {
  return (
    <>
      <strong>{word(state)}</strong>{decided_at && ` ${time(decided_at)}`}{decided_by && ` · ${personName(decided_by)}`}
      {bulletin !== null && <> · <a href={to("told", bulletin)}>{word("bulletin")} {bulletin}: {word("seeTold")} →</a></>}
    </>
  );
}

/** What was decided in the last days, newest first. */
export function Decided({ reasons }: { reasons: unknown[] }) {
  const { now } = useDesk();
  const [days, setDays] = useState(3);
  const found = useLoad<Proposal[]>("/api/proposals?count=200", ...reasons);
  const decided = found.is?.filter((one) => one.state !== "Waiting" && secondsBetween(one.decided_at ?? one.proposed_at, now) < days * 86_400) ?? [];
  return (
    <section class="stack" aria-labelledby="decided">
      <div class="head">
        <h2 id="decided">{word("decided")}</h2>
        <label class="end days">
          <span class="out-of-sight">{word("decided")}</span>
          <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
            {[3, 7, 30].map((n) => <option key={n} value={n}>{pick(`${n} ngày qua`, `last ${n} days`)}</option>)}
          </select>
        </label>
      </div>
      {found.wrong && <p class="note bad" role="alert">{found.wrong}</p>}
      {decided.length === 0 ? <p class="empty">{word("noneDecided")}</p> : (
        <ul class="rows">
          {decided.map((one) => (
            <li key={one.id} class={`level-${one.level}`}>
              <Kind of={one} /> <a href={to("decide", one.id)}><strong>{one.station_name}</strong> {one.rule_name}</a>
              <span class="end"><Became proposal={one} /></span>
              {one.reason && <small class="whole">{word("reason")}: {reason(one.reason)}</small>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
