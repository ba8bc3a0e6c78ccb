import { useEffect, useState } from "preact/hooks";
import { signedIn } from "../accounts/session";
import type { Level } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { load, useLoad } from "../parts/load";
import { send } from "../parts/send";
import { useRoute } from "../shell/route";
import { day, metres } from "../words/format";
import { shortLevel } from "../words/names";
import { showNumber } from "./number";
import type { Area } from "./People";
import { word } from "./words";

interface Person {
  id: number;
  phone: string;
  name: string;
  ward_code: string;
  hamlet: string | null;
  language: string;
  lowest_level: Level;
  ground_height_m: number | null;
  carriers: string | null;
  opted_out_at: string | null;
}

const atOnce = 50;
const pause = 300;

/** Whom we tell: masked, found by name and ward. */
export function Roster() {
  const { query } = useRoute();
  const [ward, setWard] = useState(query.get("ward") ?? "");
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [more, setMore] = useState<Person[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const areas = useLoad<Area[]>("/api/roster/areas");
  const asked = `/api/roster?${new URLSearchParams({ count: String(atOnce), ...(ward ? { ward } : {}), ...(name ? { name } : {}) })}`;
  const first = useLoad<Person[]>(asked);
  useEffect(() => {
    const timer = setTimeout(() => setName(text.trim()), pause);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => setMore([]), [asked]);
  const people = [...(first.is ?? []), ...more];
  const [last, isWhole] = [people.at(-1), people.length === 0 || people.length % atOnce !== 0];
  const next = async () => {
    try {
      setMore([...more, ...(await load<Person[]>(`${asked}&after=${last!.id}`))]);
      setWrong(null);
    } catch (failure) {
      setWrong((failure as Error).message);
    }
  };
  return (
    <div class="stack">
      <div class="roster-filters no-print">
        <label>{word("find")}<input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
        <label>{word("ward")}
          <select value={ward} onChange={(event) => setWard(event.currentTarget.value)}>
            <option value="">{word("allWards")}</option>
            {areas.is?.map((one) => <option key={one.ward_code} value={one.ward_code}>{one.name ?? one.ward_code} ({one.recipients})</option>)}
          </select>
        </label>
      </div>
      {(first.wrong ?? wrong) && <p class="note bad" role="alert">{first.wrong ?? wrong}</p>}
      {first.is && people.length === 0 && <p class="empty">{word("none")}</p>}
      {people.length > 0 && <ul class="rows">{people.map((one) => <Row key={one.id} person={one} area={areas.is?.find((area) => area.ward_code === one.ward_code)?.name ?? one.ward_code} again={() => { setMore([]); first.again(); }} />)}</ul>}
      {!isWhole && <div class="actions"><button type="button" onClick={() => void next()}>{word("more")}</button></div>}
    </div>
  );
}

function Row({ person, area, again }: { person: Person; area: string; again: () => void }) {
  const wish = (out: boolean) => askFor({
    title: `${word(out ? "optOut" : "optIn")}: ${person.name} (${person.phone})`,
    text: word(out ? "optOutText" : "optInText"),
    named: true,
    isDanger: out,
    action: word(out ? "optOut" : "optIn"),
    fields: [{ name: "phone", label: word("numberAgain"), kind: "tel" }, { name: "reason", label: word("how"), maxLength: 500 }],
    does: async ({ who, phone, reason }) => {
      // The number is on the telephone or the letter: it must be this person's, and not a neighbour's.
      if ((phone ?? "").replace(/\D/g, "").slice(-3) !== person.phone.slice(-3)) return word("otherNumber");
      const answer = await send(`/api/roster/${out ? "opt-out" : "opt-in"}`, { who, phone, reason });
      if ("wrong" in answer) return answer.wrong;
      again();
      return null;
    },
  });
  return (
    <li>
      <span class="grow">
        <strong>{person.name}</strong> <span class="phone">{person.phone}</span>
        <small class="line">
          {area}{person.hamlet && ` · ${person.hamlet}`} · {word("lowest")} {shortLevel(person.lowest_level)}
          {person.ground_height_m !== null && ` · ${word("ground")} ${metres(person.ground_height_m)}`}
          {person.language !== "vi" && ` · ${person.language}`}{person.carriers && ` · ${person.carriers}`}
          {person.opted_out_at && <> · <span class="bad">{word("optedOut")} {day(person.opted_out_at)}</span></>}
        </small>
      </span>
      {signedIn()?.accounts === "required" && <button type="button" class="quiet" onClick={() => showNumber(`/api/roster/${person.id}/number`, person.name)}>{word("showNumber")}</button>}
      <button type="button" class="quiet" onClick={() => wish(!person.opted_out_at)}>{word(person.opted_out_at ? "optIn" : "optOut")}</button>
    </li>
  );
}
