import { useState } from "preact/hooks";
import { may } from "../accounts/session";
import { useDesk } from "../desk/context";
import type { Device } from "../desk/desk";
import { Choice } from "../parts/Choice";
import { to } from "../shell/route";
import { age } from "../words/format";
import { kindName, quantityName, valueOf } from "../words/names";
import { DevicePage } from "./DevicePage";
import "./devices.css";
import { isWorkedOn, type Need, needsOf } from "./health";
import { beginMaintenance } from "./maintain";
import { Strangers } from "./Strangers";
import { Work } from "./Work";
import { word } from "./words";

const order: Device["kind"][] = ["Gauge", "AccessPoint", "Camera"];

export const Devices = ({ id }: { id: string | null }) => (id ? <DevicePage key={id} id={id} /> : <All />);

function All() {
  const desk = useDesk();
  const [kind, setKind] = useState<Device["kind"] | "">("");
  const [text, setText] = useState("");
  const wanted = text.trim().toLocaleLowerCase("vi");
  const all = desk.devices
    .filter((one) => (kind === "" || one.kind === kind) && `${one.name} ${one.id}`.toLocaleLowerCase("vi").includes(wanted))
    .map((device) => ({ device, needs: needsOf(desk, device), worked: isWorkedOn(desk, device) }))
    // What somebody works on already comes after what nobody does.
    .sort((a, b) => Number(a.worked) - Number(b.worked) || (b.needs[0]?.weight ?? 0) - (a.needs[0]?.weight ?? 0) || order.indexOf(a.device.kind) - order.indexOf(b.device.kind) || a.device.name.localeCompare(b.device.name, "vi"));
  const [need, well] = [all.filter((one) => one.needs.length > 0), all.filter((one) => one.needs.length === 0)];
  const kinds = order.filter((one) => desk.devices.some((device) => device.kind === one));
  return (
    <div class="stack">
      <h1>{word("title")}</h1>
      <div class="device-filters no-print">
        <Choice label={word("kind")} is={kind} of={(["", ...kinds] as const).map((one) => [one, word(one || "all")] as const)} onChoose={setKind} />
        <input type="search" aria-label={word("find")} placeholder={word("find")} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </div>
      {all.length === 0 && <p class="empty">{word("noDevices")}</p>}
      {need.length > 0 ? (
        <section class="stack tight" aria-labelledby="need">
          <h2 id="need">{word("needHand")} <span class="count">{need.length}</span></h2>
          <ul class="rows">{need.map((one) => <Row key={one.device.id} {...one} now={desk.now} />)}</ul>
        </section>
      ) : all.length > 0 && <p class="note">✓ {word("allWell")}</p>}
      {well.length > 0 && (
        <section class="stack tight" aria-labelledby="well">
          <h2 id="well">{word("well")} ({well.length})</h2>
          <ul class="rows">{well.map((one) => <Row key={one.device.id} {...one} now={desk.now} />)}</ul>
        </section>
      )}
      {may("Technician") && <Strangers />}
      <section class="stack tight" aria-labelledby="work">
        <div class="head">
          <h2 id="work">{word("maintenance")} ({desk.maintenance.length})</h2>
          {may("Technician") && <button type="button" class="end" onClick={() => beginMaintenance(desk)}>{word("maintain")}</button>}
        </div>
        <Work all={desk.maintenance} />
      </section>
    </div>
  );
}

function Row({ device, needs, worked, now }: { device: Device; needs: Need[]; worked: boolean; now: string }) {
  const state = device.online === null ? "unknown" : device.online ? "online" : "offline";
  return (
    <li>
      <a class="device" href={to("devices", device.id)}>
        <span class={`dot ${state}`} aria-hidden="true" />
        <span class="device-name"><strong>{device.name}</strong> <small>{kindName(device.kind)} · {device.id}</small></span>
        {(needs.length > 0 || worked) && (
          <span class="needs">{worked && <span class="badge">{word("maintained")}</span>}{needs.map(({ says, weight }) => <span key={says} class={weight >= 50 && !worked ? "badge urgent" : "badge"}>{says}</span>)}</span>
        )}
        <small class="device-values">
          {device.values.filter(({ quantity }) => quantity !== "uptime").map((value) => `${quantityName(value.quantity)} ${valueOf(value)}`).join(" · ")}
          {device.received_at && ` · ${age(device.received_at, now)}`}
        </small>
      </a>
    </li>
  );
}
