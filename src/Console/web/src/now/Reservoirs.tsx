import { useDesk, useLink } from "../desk/context";
import type { Reservoir } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { send } from "../parts/send";
import { fromField, toField } from "../words/format";
import { released } from "../words/names";
import { word } from "./words";

/** The reservoirs above with their notices, entered and ended here. */
export function Reservoirs({ isWall }: { isWall: boolean }) {
  const desk = useDesk();
  const reservoirs = desk.reservoirs.filter((one) => !isWall || one.notice);
  if (reservoirs.length === 0) return null;
  return (
    <section aria-labelledby="reservoirs">
      <h2 id="reservoirs">{word("reservoirs")}</h2>
      <ul class="rows">
        {reservoirs.map((one) => <ReservoirRow key={one.source} reservoir={one} isWall={isWall} />)}
      </ul>
    </section>
  );
}

function ReservoirRow({ reservoir, isWall }: { reservoir: Reservoir; isWall: boolean }) {
  const { now } = useDesk();
  const isLive = useLink() === "live";
  const { notice } = reservoir;
  return (
    <li>
      <span>
        {notice ? <strong>{released(reservoir)}</strong> : `${reservoir.name}: ${word("noRelease")}`}
        {notice && <small> {[notice.document, notice.entered_by].filter(Boolean).join(" · ")}</small>}
      </span>
      {!isWall && (
        <span class="end actions">
          {notice && <button type="button" disabled={!isLive} onClick={() => end(reservoir)}>{word("endRelease")}</button>}
          <button type="button" disabled={!isLive} onClick={() => enter(reservoir, now)}>{word("enterRelease")}</button>
        </span>
      )}
    </li>
  );
}

function enter({ source, name, notice }: Reservoir, now: string) {
  const discharge = { kind: "number" as const, min: 0, max: 100_000, step: 1 };
  askFor({
    title: `${word("enterRelease")}: ${name}`,
    text: word("enterText"),
    fields: [
      { name: "q_min", label: word("leastDischarge"), ...discharge },
      { name: "q_max", label: word("mostDischarge"), ...discharge },
      { name: "starts_at", label: word("startsAt"), kind: "datetime-local", value: toField(now) },
      { name: "document", label: word("document"), optional: true, maxLength: 500 },
    ],
    action: word("enterRelease"),
    named: true,
    does: async (given) => {
      // The notice in force is the one that the officer saw: whoever was faster is not replaced unread.
      const sent = await send("/api/releases", {
        source, q_min: Number(given["q_min"]), q_max: Number(given["q_max"]), starts_at: fromField(given["starts_at"] ?? ""), document: given["document"] || null,
        who: given["who"], replaces: notice?.id ?? null,
      });
      return "wrong" in sent ? sent.wrong : null;
    },
  });
}

function end(reservoir: Reservoir) {
  const { notice } = reservoir;
  if (!notice) return;
  askFor({
    title: word("endRelease"),
    text: released(reservoir),
    fields: [{ name: "reason", label: word("whyOver"), maxLength: 500 }],
    action: word("endRelease"),
    named: true,
    does: async ({ who, reason }) => {
      const sent = await send(`/api/releases/${notice.id}/end`, { who, reason });
      return "wrong" in sent ? sent.wrong : null;
    },
  });
}
