import { useEffect, useState } from "preact/hooks";
import { useDesk, useLink, useNow } from "../desk/context";
import type { Proposal } from "../desk/desk";
import { useAreas } from "../parts/areas";
import { Kind } from "../parts/Kind";
import { to } from "../shell/route";
import { countdown, near, secondsBetween } from "../words/format";
import { Announce } from "./Announce";
import "./decide.css";
import { Decided, Past } from "./Past";
import { Waiting } from "./Waiting";
import { urgent, word } from "./words";

/** What waits for a person: the most urgent in full, the others in a list beside it, and below what was decided. */
export function Decide({ id }: { id: string | null }) {
  const desk = useDesk();
  const link = useLink();
  const areas = useAreas();
  const waits = urgent(desk.proposals);
  // What an officer looks at stays before him until he goes on: another in its place could get the approval that was meant for this one.
  const [kept, setKept] = useState<number | null>(null);
  const asked = id !== null && id !== "new" ? Number(id) : null;
  const chosen = asked ?? kept;
  useEffect(() => {
    if (asked !== null) setKept(asked);
    else if (kept === null && waits[0]) setKept(waits[0].id);
  });
  if (id === "new") return <Announce areas={areas.is} />;

  const one = waits.find((proposal) => proposal.id === chosen);
  const others = waits.filter((proposal) => proposal.id !== chosen);
  return (
    <div class="decide stack">
      <div class="head">
        <h1>{word("title")}</h1>
        <a class="end button" href={to("decide", "new")}>{word("write")}</a>
      </div>
      {link === "lost" && <p class="note bad" role="alert">{word("line")}</p>}
      <div class={others.length > 0 ? "beside" : "stack"}>
        <div class="stack">
          {one ? <Waiting key={one.id} proposal={one} areas={areas.is} />
            : chosen !== null ? <Past key={chosen} id={chosen} next={others[0] ?? null} areas={areas.is} />
            : others.length === 0 && <p class="empty">{word("nothing")}</p>}
        </div>
        {others.length > 0 && <Others proposals={others} onGo={setKept} />}
      </div>
      <Decided reasons={[desk.proposals.map((proposal) => proposal.id).join(), desk.broadcasts[0]?.id]} />
    </div>
  );
}

function Others({ proposals, onGo }: { proposals: Proposal[]; onGo: (id: number) => void }) {
  const now = useNow();
  return (
    <section class="others stack" aria-labelledby="others">
      <h2 id="others">{word("waiting")} <span class="count">{proposals.length}</span></h2>
      <ul class="rows">
        {proposals.map((proposal) => {
          const left = proposal.decide_by === null ? null : secondsBetween(now, proposal.decide_by);
          return (
            <li key={proposal.id} class={`level-${proposal.level}`}>
              <a class="other" href={to("decide", proposal.id)} onClick={() => onGo(proposal.id)}>
                <Kind of={proposal} /> <strong>{proposal.station_name}</strong>
                <span class="soft">{proposal.rule_name}</span>
                {left === null ? <span class="end soft">{near(proposal.not_after, now)}</span> : <Left seconds={left} />}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Under five minutes it may blink: nothing else on the page does. */
export const Left = ({ seconds }: { seconds: number }) => (
  <span class={`end left ${seconds < 300 ? "due" : ""}`}>{seconds < 0 ? `${word("overdue")} ${countdown(-seconds)}` : countdown(seconds)}</span>
);
