import { useState } from "preact/hooks";
import { may, signedName } from "../accounts/session";
import type { Level } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { useEvery } from "../parts/every";
import { useLoad } from "../parts/load";
import { send } from "../parts/send";
import { type Screen, to } from "../shell/route";
import { time } from "../words/format";
import { pick } from "../words/language";
import { word } from "./words";

interface Item {
  item: number;
  kind: "Words" | "Alarm" | "Proposal" | "Broadcast" | "Debt" | "Maintenance";
  about: string;
  name: string;
  detail: string;
  level: Level;
  accepted_by: string | null;
  accepted_at: string | null;
}

interface Handover {
  id: number;
  written_by: string;
  written_at: string;
  text: string;
  accepted_at: string | null;
  replaced_at: string | null;
  items: Item[];
  is_open: boolean;
  held_by: string;
}

const kinds: Record<Item["kind"], [string, string]> = {
  Words: ["Lời bàn giao", "Words"],
  Alarm: ["Cảnh báo", "Alarm"],
  Proposal: ["Đề xuất đang chờ", "Waiting proposal"],
  Broadcast: ["Tin đang gửi", "Running broadcast"],
  Debt: ["Nợ tin kết thúc", "All-clears owed"],
  Maintenance: ["Bảo trì", "Maintenance"],
};

const places: Record<string, Screen> = { episode: "alarms", proposal: "decide", bulletin: "told", maintenance: "devices" };

function placeOf({ about }: Item): string | null {
  const [kind = "", id] = about.split("/");
  const screen = places[kind];
  return screen && id ? (screen === "devices" ? to("devices") : to(screen, id)) : null;
}

/** Who holds the shift, and how it goes to the next. */
export function HandoverPage() {
  const every = useEvery(10_000);
  const { is: all, wrong, again } = useLoad<Handover[]>("/api/handovers?count=20", every);
  const [newest, ...rest] = all ?? [];
  const mayWrite = may("Officer") && !(newest?.is_open && signedName() !== null && signedName() !== newest.written_by);
  const write = () => askFor({
    title: word("write"), text: word("writeText"), named: true, action: word("write"),
    fields: [{ name: "text", label: word("whatToKnow"), kind: "textarea", maxLength: 4000 }],
    does: async ({ who, text }) => {
      const answer = await send("/api/handovers", { who, text });
      if ("wrong" in answer) return answer.wrong;
      again();
      return null;
    },
  });
  if (!all) return <p class="empty">{wrong ?? "…"}</p>;
  return (
    <div class="stack">
      <section class="card stack" aria-labelledby="holds">
        <div class="head">
          <h2 id="holds">{word("holds")}: {newest ? newest.held_by : "–"}</h2>
          {mayWrite && <button type="button" class={newest?.is_open ? "end" : "primary end"} onClick={write}>{word("write")}</button>}
        </div>
        {newest ? <One handover={newest} again={again} /> : <p class="soft">{word("nobodyHolds")}</p>}
      </section>
      {rest.length > 0 && (
        <details>
          <summary>{word("earlier")} ({rest.length})</summary>
          <div class="stack">{rest.map((one) => <section key={one.id} class="card stack" aria-label={time(one.written_at)}><One handover={one} again={again} /></section>)}</div>
        </details>
      )}
    </div>
  );
}

function One({ handover, again }: { handover: Handover; again: () => void }) {
  const [wrong, setWrong] = useState<string | null>(null);
  const left = handover.items.filter((one) => !one.accepted_at).length;
  const accept = async (item: Item) => {
    const say = async (who: string) => {
      const answer = await send(`/api/handovers/${handover.id}/items/${item.item}/accept`, { who });
      again();
      return "wrong" in answer ? answer.wrong : null;
    };
    const signed = signedName();
    if (signed !== null) return setWrong(await say(signed));
    askFor({ title: `${word("accept")}: ${pick(...kinds[item.kind])}`, text: item.kind === "Words" ? item.detail : `${item.name} · ${detailOf(item)}`, named: true, action: word("accept"), does: ({ who }) => say(who ?? "") });
  };
  const mayAccept = handover.is_open && may("Officer") && signedName() !== handover.written_by;
  return (
    <>
      <p class="soft">
        {word("by")} {handover.written_by}, {time(handover.written_at)}
        {handover.replaced_at ? ` · ${word("replaced")}` : handover.accepted_at ? ` · ${word("accepted")}: ${handover.held_by}, ${time(handover.accepted_at)}` : ""}
      </p>
      {handover.is_open && <p class="note"><strong>{left} {word("left")}.</strong> {word("stillHolds")}</p>}
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      <ul class="rows">
        {handover.items.map((item) => {
          const place = placeOf(item);
          return (
            <li key={item.item} class={item.level === "None" ? "" : `level-${item.level}`}>
              <span class="handed">
                <small>{pick(...kinds[item.kind])}</small>
                {item.kind === "Words" ? <span class="words">{item.detail}</span> : <span>{place ? <a href={place}>{item.name}</a> : <strong>{item.name}</strong>} · {detailOf(item)}</span>}
              </span>
              {item.accepted_at
                ? <small class="end good">✓ {item.accepted_by}, {time(item.accepted_at)}</small>
                : mayAccept && <button type="button" class="end" onClick={() => void accept(item)} aria-label={`${word("accept")}: ${item.name}`}>{word("accept")}</button>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

const detailOf = (item: Item) => (item.kind === "Debt" ? `${item.detail} ${word("owed")}` : item.detail);
