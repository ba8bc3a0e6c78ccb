import { useMemo, useState } from "preact/hooks";
import { useDesk } from "../desk/context";
import type { Alarm } from "../desk/desk";
import { Choice } from "../parts/Choice";
import { load } from "../parts/load";
import { Switch } from "../parts/Switch";
import { to } from "../shell/route";
import { near } from "../words/format";
import { pick } from "../words/language";
import { alarmName, isFlood } from "../words/names";
import { AlarmPage, acknowledge } from "./AlarmPage";
import "./alarms.css";
import { HandoverPage } from "./HandoverPage";
import { word } from "./words";

type State = "open" | "quiet" | "ended";

const atOnce = 50;
const stateOf = (alarm: Alarm): State => (alarm.ended_at ? "ended" : alarm.quiet ? "quiet" : "open");
const plain = (text: string) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

/** All alarms, one of them, or the handover of the shift. */
export function Alarms({ id }: { id: string | null }) {
  const isHandover = id === "handover";
  return (
    <div class="stack">
      <div class="head">
        <h1>{word("title")}</h1>
        <Switch label={word("title")} is={isHandover ? "handover" : "alarms"} of={[["alarms", word("title"), to("alarms")], ["handover", word("handover"), to("alarms", "handover")]]} />
      </div>
      {isHandover ? <HandoverPage /> : (
        <div class={id ? "alarms-both has-one" : "alarms-both"}>
          <List chosen={id} />
          {id && <AlarmPage key={id} id={id} />}
        </div>
      )}
    </div>
  );
}

function List({ chosen }: { chosen: string | null }) {
  const desk = useDesk();
  const [state, setState] = useState<State>("open");
  const [about, setAbout] = useState("");
  const [place, setPlace] = useState("");
  const [text, setText] = useState("");
  const [older, setOlder] = useState<Alarm[]>([]);
  const [end, setEnd] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  // What the desk says goes before what was loaded earlier.
  const all = useMemo(() => [...new Map([...older, ...desk.alarms].map((one) => [one.id, one])).values()].sort((a, b) => b.id - a.id), [older, desk.alarms]);
  const stationOf = (alarm: Alarm) => desk.devices.find((one) => one.id === alarm.subject)?.station ?? alarm.subject;
  const wanted = plain(text.trim());
  const fits = (one: Alarm) =>
    (about === "" || isFlood(one) === (about === "flood")) && (place === "" || stationOf(one) === place) &&
    (wanted === "" || plain([one.subject_name, one.rule_name, alarmName(one), one.note, one.acknowledged_by, one.assigned_to, one.subject].join(" ")).includes(wanted));
  const fitting = all.filter(fits);
  const shown = fitting.filter((one) => stateOf(one) === state);
  const count = (of: State) => fitting.filter((one) => stateOf(one) === of).length;
  const more = async () => {
    setBusy(true);
    try {
      const page = await load<Alarm[]>(`/api/alarms?count=${atOnce}${older.length > 0 ? `&before=${Math.min(...older.map((one) => one.id))}` : ""}`);
      setOlder([...older, ...page]);
      setEnd(page.length < atOnce ? word("noOlder") : null);
    } catch (failure) {
      setEnd((failure as Error).message);
    }
    setBusy(false);
  };
  const choose = (next: State) => {
    setState(next);
    if (next === "ended" && older.length === 0) void more();
  };
  return (
    <section class="stack alarms-list" aria-label={word("title")}>
      <div class="filters no-print">
        <Choice label={word("state")} is={state} of={[["open", word("open"), count("open")], ["quiet", word("quiet"), count("quiet")], ["ended", word("ended")]]} onChoose={choose} />
        <select aria-label={word("about")} value={about} onChange={(event) => setAbout(event.currentTarget.value)}>
          <option value="">{word("both")}</option>
          <option value="flood">{word("flood")}</option>
          <option value="technical">{word("technical")}</option>
        </select>
        <select aria-label={word("place")} value={place} onChange={(event) => setPlace(event.currentTarget.value)}>
          <option value="">{word("everywhere")}</option>
          {desk.stations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
        <input type="search" aria-label={word("find")} placeholder={word("find")} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </div>
      {shown.length === 0
        ? <p class="empty">{state === "open" && about === "" && place === "" && wanted === "" ? word("noneOpen") : word("none")}</p>
        : <ul class="rows">{shown.map((one) => <Row key={one.id} alarm={one} isChosen={String(one.id) === chosen} now={desk.now} />)}</ul>}
      {state === "ended" && (end ? <p class="soft">{end}</p> : <div class="actions"><button type="button" disabled={busy} onClick={() => void more()}>{word("older")}</button></div>)}
    </section>
  );
}

function Row({ alarm, isChosen, now }: { alarm: Alarm; isChosen: boolean; now: string }) {
  const flood = isFlood(alarm);
  return (
    <li class={flood ? `level-${alarm.ended_at ? alarm.peak : alarm.level}` : ""} aria-current={isChosen ? "true" : undefined}>
      <a class="alarm-link" href={to("alarms", alarm.id)}>
        <span><strong>{alarm.subject_name}</strong> <span class={flood ? "badge risk" : "badge"}>{alarmName(alarm)}</span>{flood && alarm.grade === "C" && <span class="badge" title={word("C")}> C</span>}</span>
        <small>
          {near(alarm.opened_at, now)}{alarm.ended_at && ` – ${near(alarm.ended_at, now)}`}
          {alarm.shelved_until ? ` · ${word("shelvedUntil")} ${near(alarm.shelved_until, now)}` : alarm.quiet_vi && ` · ${pick(alarm.quiet_vi, alarm.quiet_en)}`}
          {alarm.assigned_to && ` · ${alarm.assigned_to}`}
          {alarm.acknowledged_by && ` · ${word("seenBy").toLowerCase()}: ${alarm.acknowledged_by}`}
        </small>
      </a>
      {!alarm.ended_at && !alarm.acknowledged_by && <button type="button" class="end" onClick={() => acknowledge(alarm)}>{word("acknowledge")}</button>}
    </li>
  );
}
