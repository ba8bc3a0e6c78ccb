import { may, signedIn } from "../accounts/session";
import { useDesk } from "../desk/context";
import { askFor } from "../parts/Ask";
import { useLoad } from "../parts/load";
import { send } from "../parts/send";
import { day, fromField, hour, near, time, toField } from "../words/format";
import { showNumber } from "./number";
import { word } from "./words";

interface Officer {
  id: number;
  name: string;
  role: "Officer" | "Supervisor";
  phone: string;
}

interface Shift {
  id: number;
  officer: number;
  name: string;
  place: number;
  from: string;
  until: string;
}

const placeName = (place: number) => (place === 1 ? word("place1") : `${word("deputy")} ${place - 1}`);

/** Who is on duty now, who decides, and the duty list. */
export function Duty() {
  const desk = useDesk();
  const officers = useLoad<Officer[]>("/api/officers");
  const shifts = useLoad<Shift[]>("/api/shifts");
  const again = () => {
    officers.again();
    shifts.again();
  };
  const said = async (path: string, body: object, method = "POST") => {
    const answer = await send(path, body, method);
    if ("wrong" in answer) return answer.wrong;
    again();
    return null;
  };
  const enter = () => askFor({
    title: word("add"), text: word("addText"), named: true, action: word("add"),
    fields: [
      { name: "name", label: word("name"), maxLength: 100 },
      { name: "role", label: word("role"), kind: "select", options: [["Officer", word("Officer")], ["Supervisor", word("Supervisor")]] },
      { name: "phone", label: word("phone"), kind: "tel" },
    ],
    does: (given) => said("/api/officers", given),
  });
  const leave = (officer: Officer) => askFor({
    title: `${word("leave")}: ${officer.name}`, text: word("leaveText"), named: true, isDanger: true, action: word("leave"),
    does: ({ who }) => said(`/api/officers/${officer.id}/leave`, { who }),
  });
  const add = () => askFor({
    title: word("addShift"), named: true, action: word("addShift"),
    fields: [
      { name: "officer", label: word("who"), kind: "select", options: (officers.is ?? []).map(({ id, name }) => [String(id), name]) },
      { name: "place", label: word("place"), kind: "select", options: [1, 2, 3, 4].map((one) => [String(one), placeName(one)]) },
      { name: "from", label: word("from"), kind: "datetime-local", value: toField(desk.now) },
      { name: "until", label: word("to"), kind: "datetime-local", value: toField(new Date(desk.now).getTime() + 12 * 3_600_000) },
      { name: "weeks", label: word("weeks"), kind: "number", value: "1", min: 1, max: 53 },
    ],
    does: ({ who, officer, place, from, until, weeks }) =>
      said("/api/shifts", { who, officer: Number(officer), place: Number(place), from: fromField(from ?? ""), until: fromField(until ?? ""), weeks: Number(weeks) }),
  });
  const remove = (shift: Shift) => askFor({
    title: `${word("remove")}: ${shift.name}, ${time(shift.from)}`, text: word("removeText"), named: true, isDanger: true, action: word("remove"),
    does: ({ who }) => said(`/api/shifts/${shift.id}?${new URLSearchParams({ who: who ?? "" })}`, {}, "DELETE"),
  });
  const mayChange = may("Commander");
  const isPerson = signedIn()?.accounts === "required";
  const wrong = officers.wrong ?? shifts.wrong;
  const on = (shifts.is ?? []).filter((one) => one.from <= desk.now && desk.now < one.until).sort((a, b) => a.place - b.place);
  return (
    <div class="stack">
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      <section class="card stack tight" aria-labelledby="now">
        <h2 id="now">{word("now")}</h2>
        {on.length === 0 ? <p class="soft">{word("nobodyNow")}</p> : (
          <ul class="on-duty">{on.map((one) => <li key={one.id}><strong>{one.name}</strong> <span class="badge">{placeName(one.place)}</span> <small>{word("until")} {near(one.until, desk.now)}</small></li>)}</ul>
        )}
      </section>
      <div class="columns">
        <section class="stack tight" aria-labelledby="officers">
          <div class="head"><h2 id="officers">{word("officers")}</h2>{mayChange && <button type="button" class="end" onClick={enter}>{word("add")}</button>}</div>
          {officers.is?.length === 0 && <p class="empty">{word("noOfficers")}</p>}
          {officers.is && officers.is.length > 0 && (
            <ul class="rows">{officers.is.map((one) => (
              <li key={one.id}>
                <span class="grow"><strong>{one.name}</strong> <span class="badge">{word(one.role)}</span> <small class="line">{one.phone}</small></span>
                {isPerson && may("Officer") && <button type="button" class="quiet" onClick={() => showNumber(`/api/officers/${one.id}/number`, one.name)}>{word("showNumber")}</button>}
                {mayChange && <button type="button" class="quiet" onClick={() => leave(one)}>{word("leave")}</button>}
              </li>
            ))}</ul>
          )}
        </section>
        <section class="stack tight" aria-labelledby="shifts">
          <div class="head"><h2 id="shifts">{word("shifts")}</h2>{mayChange && (officers.is?.length ?? 0) > 0 && <button type="button" class="end" onClick={add}>{word("addShift")}</button>}</div>
          {shifts.is?.length === 0 && <p class="empty">{word("noShifts")}</p>}
          {shifts.is && shifts.is.length > 0 && (
            <ul class="rows">{shifts.is.map((one) => (
              <li key={one.id}>
                <span class="grow"><strong>{one.name}</strong> <span class="badge">{placeName(one.place)}</span> <small class="line">{time(one.from)} – {day(one.from) === day(one.until) ? hour(one.until) : time(one.until)}</small></span>
                {mayChange && <button type="button" class="quiet" onClick={() => remove(one)} aria-label={`${word("remove")} ${one.name} ${time(one.from)}`}>{word("remove")}</button>}
              </li>
            ))}</ul>
          )}
        </section>
      </div>
    </div>
  );
}
