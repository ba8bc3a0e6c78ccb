import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDesk, useLink } from "../desk/context";
import type { Area } from "../parts/areas";
import { askFor } from "../parts/Ask";
import { load } from "../parts/load";
import { send } from "../parts/send";
import { to } from "../shell/route";
import { duration, number } from "../words/format";
import { pick } from "../words/language";
import { Wards } from "./Wards";
import { dong, segmentsOf, word } from "./words";

/** What a text is as SMS, as the engine reckons it. */
interface Bench {
  unaccented: string;
  unaccented_segments: number;
  unaccented_price: number | null;
  unaccented_units: number;
  sendable: boolean;
  seconds: number;
}

/** A person's own words to the people around a station. */
export function Announce({ areas }: { areas: Area[] | null }) {
  const desk = useDesk();
  const isLost = useLink() === "lost";
  const [station, setStation] = useState((desk.stations.find((one) => one.ladder) ?? desk.stations[0])?.id ?? "");
  const [level, setLevel] = useState<"I" | "II" | "III">("I");
  const [vi, setVi] = useState("");
  const [en, setEn] = useState("");
  const [left, setLeft] = useState<Set<string>>(new Set());
  const [waits, setWaits] = useState(false);
  const all = areas?.filter((area) => area.stations.includes(station)) ?? [];
  const ticked = new Set(all.map((area) => area.ward_code).filter((code) => !left.has(code)));
  const people = all.filter((area) => ticked.has(area.ward_code)).reduce((sum, area) => sum + area.recipients, 0);
  const many = `${word("atMost")} ${number(people)} ${word("people")}`;

  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    askFor({
      title: pick(`Gửi thông báo tới ${many}?`, `Send the announcement to ${many}?`),
      text: vi.trim(),
      action: `${word("send")} (${many})`,
      named: true,
      does: async ({ who }) => {
        const answer = await send<{ bulletin?: number; id?: number }>("/api/announcements", {
          who, station, level, text: { vi: vi.trim(), en: en.trim() || null }, ...(left.size > 0 && ticked.size < all.length ? { areas: [...ticked] } : {}),
        });
        if ("wrong" in answer) return answer.wrong;
        if (answer.status === 202 || !answer.done.bulletin) setWaits(true);
        else location.hash = to("told", answer.done.bulletin);
        return null;
      },
    });
  };
  return (
    <div class="decide stack">
      <div class="head">
        <h1>{word("write")}</h1>
        <a class="end" href={to("decide")}>{word("back")}</a>
      </div>
      <p class="soft">{word("announceText")}</p>
      {waits && <p class="note" role="status"><strong>{word("sentOne")}</strong> <a href={to("decide")}>{word("back")} →</a></p>}
      {isLost && <p class="note bad" role="alert">{word("line")}</p>}
      <form class="card stack" onSubmit={submit}>
        <label>{word("ownVi")}<textarea lang="vi" required maxLength={335} value={vi} onInput={(event) => setVi(event.currentTarget.value)} /></label>
        <Preview text={vi} people={people} />
        <label>{word("ownEn")}<textarea lang="en" maxLength={335} value={en} onInput={(event) => setEn(event.currentTarget.value)} /></label>
        {en.trim() && <Preview text={en} people={null} />}
        <div class="fields">
          <label>
            {word("station")}
            <select value={station} onChange={(event) => { setStation(event.currentTarget.value); setLeft(new Set()); }}>
              {desk.stations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
            </select>
          </label>
          <label>
            {word("levelAsked")}
            <select value={level} onChange={(event) => setLevel(event.currentTarget.value as "I" | "II" | "III")}>
              {(["I", "II", "III"] as const).map((is) => <option key={is} value={is}>{word(`level${is}`)}</option>)}
            </select>
          </label>
        </div>
        <Wards all={all} ticked={ticked} onTick={(next) => setLeft(new Set(all.map((area) => area.ward_code).filter((code) => !next.has(code))))} />
        <div class="actions">
          <button type="submit" class="primary" disabled={isLost || !vi.trim() || ticked.size === 0 || waits}>{word("send")} · {many}</button>
          <a class="button quiet" href={to("decide")}>{word("cancel")}</a>
        </div>
      </form>
    </div>
  );
}

/** The SMS as it would go, a moment after the last letter was typed. */
function Preview({ text, people }: { text: string; people: number | null }) {
  const [bench, setBench] = useState<Bench | null>(null);
  useEffect(() => {
    if (!text.trim()) return setBench(null);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      load<Bench>(`/api/sms?${new URLSearchParams({ text: text.trim(), recipients: String(people ?? 1) })}`, stop.signal).then(setBench, () => stop.signal.aborted || setBench(null));
    }, 300);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, people]);
  if (!bench) return <p class="sms soft">{word("emptyText")}</p>;
  return (
    <div class="sms" role="status">
      <small>
        {word("preview")}: <strong>{segmentsOf(bench.unaccented_segments)}</strong> · GSM-7 · {bench.unaccented_units} {word("ofLetters")}
        {people !== null && <> · {bench.unaccented_price === null ? word("noPrice") : `${word("atMost")} ${dong(bench.unaccented_price)}`} · {word("takes").toLowerCase()} {duration(bench.seconds)}</>}
      </small>
      <p>{bench.unaccented}</p>
      {!bench.sendable && <p class="bad">{word("tooLong")}</p>}
    </div>
  );
}
