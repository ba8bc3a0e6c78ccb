import { useState } from "preact/hooks";
import { type Deed, Deeds } from "../parts/Audit";
import { Choice } from "../parts/Choice";
import { load, useLoad } from "../parts/load";
import { type Screen, to } from "../shell/route";
import { word } from "./words";

const atOnce = 100;
const screens: Record<string, Screen> = { episode: "alarms", proposal: "decide", bulletin: "told" };

function place(subject: string): string | null {
  const [kind = "", id] = subject.split("/");
  if (kind === "handover") return to("alarms", "handover");
  if (kind === "officer" || kind === "shift") return to("people");
  const screen = screens[kind];
  return screen && id ? to(screen, id) : null;
}

/** Who did what to what, the newest first. */
export function AuditLog() {
  const [subject, setSubject] = useState("");
  const [who, setWho] = useState<"all" | "persons">("all");
  const [more, setMore] = useState<Deed[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(false);
  const first = useLoad<Deed[]>(subject ? `/api/audit?subject=${encodeURIComponent(subject)}` : `/api/audit?count=${atOnce}`);
  const all = [...(first.is ?? []), ...(subject ? [] : more)];
  const shown = who === "all" ? all : all.filter((one) => one.who !== "auto");
  const older = async () => {
    try {
      const page = await load<Deed[]>(`/api/audit?count=${atOnce}&before=${all.at(-1)!.id}`);
      setMore([...more, ...page]);
      setWhole(page.length < atOnce);
      setWrong(null);
    } catch (failure) {
      setWrong((failure as Error).message);
    }
  };
  return (
    <div class="stack">
      <form class="audit-filters no-print" onSubmit={(event) => { event.preventDefault(); setSubject(String(new FormData(event.currentTarget).get("subject")).trim()); }}>
        <Choice label={word("who")} is={who} of={[["all", word("everybody")], ["persons", word("persons")]]} onChoose={setWho} />
        <input type="search" name="subject" aria-label={word("about")} placeholder={word("about")} onInput={(event) => event.currentTarget.value === "" && setSubject("")} />
        <button type="button" onClick={() => { setMore([]); setWhole(false); first.again(); }}>{word("newest")}</button>
      </form>
      {(first.wrong ?? wrong) && <p class="note bad" role="alert">{first.wrong ?? wrong}</p>}
      {first.is && shown.length === 0 ? <p class="empty">{word("none")}</p> : <section class="card" aria-label={word("audit")}><Deeds all={shown} about={place} /></section>}
      {!subject && !isWhole && all.length >= atOnce && <div class="actions"><button type="button" onClick={() => void older()}>{word("older")}</button></div>}
    </div>
  );
}
