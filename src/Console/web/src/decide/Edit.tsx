import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Proposal } from "../desk/desk";
import type { Area } from "../parts/areas";
import { askFor } from "../parts/Ask";
import { type Sent, send } from "../parts/send";
import { number } from "../words/format";
import { Wards } from "./Wards";
import { slotName, word } from "./words";

/** Changes what a waiting proposal would say, and to which wards. */
export function Edit({ proposal, areas, onDone, settle }: { proposal: Proposal; areas: Area[] | null; onDone: () => void; settle: (answer: Sent) => Promise<string | null> }) {
  const all = areas?.filter((area) => area.stations.includes(proposal.station)) ?? [];
  const [ticked, setTicked] = useState(new Set(proposal.areas));
  const known = Object.entries(proposal.known);
  const isOwn = proposal.kind === "Announcement";
  const save = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const value = (name: string) => String(given.get(name) ?? "").trim();
    // Only what differs from the engine's own word is changed: the rest stays as it is measured.
    const slots = Object.fromEntries(known.map(([slot, word]) => [slot, value(slot), word] as const).filter(([, said, word]) => said && said !== word).map(([slot, said]) => [slot, said]));
    const whole = all.length > 0 && all.every((area) => ticked.has(area.ward_code));
    askFor({
      title: word("save"),
      text: `${word("saveText")} ${number(all.filter((area) => ticked.has(area.ward_code)).reduce((sum, area) => sum + area.recipients, 0))} ${word("people")} (${word("inRoster").toLowerCase()}).`,
      action: word("save"),
      named: true,
      does: async ({ who }) => {
        const wrong = await settle(await send(`/api/proposals/${proposal.id}/edit`, {
          who,
          slots,
          ...(whole ? {} : { areas: [...ticked] }),
          ...(isOwn ? { text: { vi: value("own_vi"), en: value("own_en") } } : {}),
        }));
        if (wrong === null) onDone();
        return wrong;
      },
    });
  };
  return (
    <form class="card stack edit" onSubmit={save} aria-label={word("edit")}>
      {isOwn ? (
        <>
          <label>{word("ownVi")}<textarea name="own_vi" required maxLength={335} defaultValue={proposal.text_vi} /></label>
          <label>{word("ownEn")}<textarea name="own_en" maxLength={335} defaultValue={proposal.text_en === proposal.text_vi ? "" : proposal.text_en} /></label>
        </>
      ) : (
        <fieldset>
          <legend>{word("slots")}</legend>
          <div class="fields">
            {known.map(([slot, word]) => (
              <label key={slot}>{slotName(slot)}<input name={slot} maxLength={90} required defaultValue={proposal.slots?.[slot] ?? word} /></label>
            ))}
          </div>
          <small>{word("slotsHint")}</small>
        </fieldset>
      )}
      <Wards all={all} ticked={ticked} onTick={setTicked} />
      <div class="actions">
        <button type="submit" class="primary" disabled={ticked.size === 0}>{word("save")}</button>
        <button type="button" class="quiet" onClick={onDone}>{word("cancel")}</button>
      </div>
    </form>
  );
}
