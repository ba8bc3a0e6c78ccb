import { useState } from "preact/hooks";
import type { Broadcast } from "../desk/desk";
import { group } from "../parts/group";
import { kindOf } from "../parts/Kind";
import { useLoad } from "../parts/load";
import { reason } from "../parts/reasons";
import { Scroll } from "../parts/Scroll";
import { to } from "../shell/route";
import { number, time } from "../words/format";
import { carrierName, stateName } from "../words/names";
import { persons, word } from "./words";

interface One {
  recipient: number;
  name: string;
  phone: string;
  ward_code: string;
  ward: string;
  hamlet: string | null;
  carrier: string;
  state: "Planned" | "HandedOver" | "Failed" | "Expired" | "Stopped";
  code: string | null;
  answer: string | null;
}

const stateOf = { Planned: "planned", HandedOver: "handed_over", Failed: "failed", Expired: "expired", Stopped: "stopped" } as const;

const mostShown = 3000;

/** Whom no carrier could tell, ward by ward: on paper it is all that is printed of the page. */
export function Missed({ one, reasons }: { one: Broadcast; reasons: unknown[] }) {
  const [waiting, setWaiting] = useState(false);
  const query = waiting ? "?waiting=true" : "";
  const { is, wrong } = useLoad<One[]>(`/api/broadcasts/${one.id}/missed${query}`, ...reasons);
  const wards = group(is ?? [], (person) => person.ward_code);
  const isLong = (is?.length ?? 0) > mostShown;
  return (
    <section class="card stack missed" aria-labelledby="missed">
      <div class="head">
        <h2 id="missed">{word("missed")}{is && <span class="soft"> · {persons(is.length)}</span>}</h2>
        <span class="end actions no-print">
          <label class="check"><input type="checkbox" checked={waiting} onChange={(event) => setWaiting(event.currentTarget.checked)} /> {word("waitingToo")}</label>
          {is && is.length > 0 && <button type="button" onClick={() => print()} disabled={isLong}>{word("print")}</button>}
          {is && is.length > 0 && <a class="button" href={`/api/broadcasts/${one.id}/missed.csv${query}`} download>{word("csv")}</a>}
        </span>
      </div>
      <p class="on-paper">{kindOf(one.kind, one.level)} · {one.station_name} · {time(one.decided_at)}. {one.text_vi}</p>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is?.length === 0 && <p class="good">{word("nobodyMissed")}</p>}
      {isLong && <p class="note">{word("tooMany")}</p>}
      {wards.map((people) => (
        <section key={people[0]?.ward_code} class="stack ward">
          <h3>{people[0]?.ward} <span class="soft">· {persons(people.length)}</span></h3>
          {!isLong && (
            <Scroll label={people[0]?.ward ?? ""}>
              <table class="people">
                <thead>
                  <tr><th scope="col" class="number">#</th><th scope="col">{word("hamlet")}</th><th scope="col">{word("name")}</th><th scope="col">{word("phone")}</th><th scope="col">{word("tried")}</th></tr>
                </thead>
                <tbody>
                  {people.map((person, at) => (
                    <tr key={person.recipient}>
                      <td class="number">{number(at + 1)}</td>
                      <td>{person.hamlet}</td>
                      <td><a href={to("told", "resident", { recipient: String(person.recipient) })}>{person.name}</a></td>
                      <td>{person.phone}</td>
                      <td>{carrierName(person.carrier)}: {person.answer && person.state === "Failed" ? reason(person.answer) : stateName(stateOf[person.state])}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </section>
      ))}
    </section>
  );
}
