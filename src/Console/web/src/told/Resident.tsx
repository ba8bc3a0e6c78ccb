import type { JSX } from "preact";
import { useDesk } from "../desk/context";
import type { DeliveryState, Level as Is } from "../desk/desk";
import { areaName, useAreas } from "../parts/areas";
import { group } from "../parts/group";
import { useLoad } from "../parts/load";
import { reason } from "../parts/reasons";
import { Scroll } from "../parts/Scroll";
import { to } from "../shell/route";
import { near, number, time } from "../words/format";
import { carrierName, shortLevel, stateName } from "../words/names";
import { word } from "./words";

/** One bulletin to one person by one carrier. */
interface Delivery {
  id: number;
  bulletin: number;
  recipient: number;
  level: Is;
  name: string;
  phone: string;
  ward_code: string;
  carrier: string;
  state: string;
  attempts: number;
  planned_at: string;
  handed_over_at: string | null;
  accepted_at: string | null;
  delivered_at: string | null;
  seen_at: string | null;
  settled_at: string | null;
  last_code: string | null;
  last_answer: string | null;
  next_carrier: string | null;
  held_by: number | null;
}

/** All that one resident was told; found by name and ward, or come to from a list. */
export function Resident({ query }: { query: URLSearchParams }) {
  const areas = useAreas();
  const [recipient, name, ward] = [query.get("recipient"), query.get("name"), query.get("ward")];
  const asked = new URLSearchParams({ ...(recipient ? { recipient } : name ? { name } : {}), ...(ward && !recipient ? { ward } : {}), count: "500" });
  const { is, wrong } = useLoad<Delivery[]>(recipient || name ? `/api/deliveries?${asked}` : null);
  const find = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [said, of] = [String(given.get("name")).trim(), String(given.get("ward"))];
    location.hash = to("told", "resident", { name: said, ...(of ? { ward: of } : {}) });
  };
  const people = group(is ?? [], (one) => one.recipient);
  return (
    <section class="stack" aria-labelledby="find">
      <h2 id="find">{word("findTitle")}</h2>
      <form class="card fields" role="search" onSubmit={find} key={`${name} ${ward}`}>
        <label>{word("findName")}<input name="name" type="search" required minLength={2} maxLength={100} defaultValue={name ?? ""} autocomplete="off" /></label>
        <label>
          {word("ward")}
          <select name="ward">
            <option value="">{word("allWards")}</option>
            {areas.is?.map((area) => <option key={area.ward_code} value={area.ward_code} selected={area.ward_code === ward}>{area.name}</option>)}
          </select>
        </label>
        <div class="actions"><button type="submit" class="primary">{word("find")}</button></div>
      </form>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is?.length === 0 && <p class="empty" role="status">{word("nobody")}</p>}
      {people.length > 1 && (
        <>
          <h3>{word("severalFound")} ({number(people.length)})</h3>
          <ul class="rows">
            {people.map((letters) => {
              const [person] = letters;
              return person && (
                <li key={person.recipient}>
                  <a class="wide" href={to("told", "resident", { recipient: String(person.recipient) })}>
                    <strong>{person.name}</strong> <span class="soft">{areaName(areas.is, person.ward_code)} · {person.phone}</span>
                  </a>
                </li>
              );
            })}
          </ul>
        </>
      )}
      {people.length === 1 && people[0] && <Letters letters={people[0]} ward={areaName(areas.is, people[0][0]?.ward_code ?? "")} />}
    </section>
  );
}

function Letters({ letters, ward }: { letters: Delivery[]; ward: string }) {
  const { now } = useDesk();
  const [person] = letters;
  return (
    <div class="card stack">
      <h3>{person?.name} <span class="soft">{ward} · {person?.phone}</span></h3>
      <Scroll label={word("history")}>
        <table class="people">
          <thead><tr><th scope="col">{word("planned")}</th><th scope="col">{word("bulletin")}</th><th scope="col">{word("carrier")}</th><th scope="col">{word("history")}</th></tr></thead>
          <tbody>
            {letters.map((one) => (
              <tr key={one.id}>
                <td>{time(one.planned_at)}</td>
                <td><a href={to("told", one.bulletin)}>{word("bulletin")} {one.bulletin}</a> <span class="soft">{one.level === "None" ? "" : shortLevel(one.level)}</span></td>
                <td>{carrierName(one.carrier)}</td>
                <td>
                  <strong>{stateName(one.state.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase() as DeliveryState)}</strong>{" "}
                  <span class="soft">
                    {[
                      one.accepted_at && `${word("accepted")} ${near(one.accepted_at, now)}`,
                      one.delivered_at && `${word("toHandset")} ${near(one.delivered_at, now)}`,
                      one.seen_at && `${word("read")} ${near(one.seen_at, now)}`,
                      one.attempts > 1 && `${one.attempts} ${word("attempts")}`,
                      one.last_answer && !one.accepted_at && reason(one.last_answer),
                      one.next_carrier && `${word("nextBy")} ${carrierName(one.next_carrier)}`,
                    ].filter(Boolean).join(" · ")}
                  </span>
                  {one.held_by !== null && <> <a href={to("told", one.held_by)}>{word("heldBy")} {one.held_by}</a></>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}
