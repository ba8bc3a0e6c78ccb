import { useState } from "preact/hooks";
import { may } from "../accounts/session";
import { useDesk } from "../desk/context";
import type { Device } from "../desk/desk";
import { useEvery } from "../parts/every";
import { useLoad } from "../parts/load";
import { Scroll } from "../parts/Scroll";
import { to } from "../shell/route";
import { age, time } from "../words/format";
import { alarmName, kindName, quantityName, valueOf } from "../words/names";
import { AccountCard } from "./AccountCard";
import { Curve } from "./Curve";
import { alarmsOf, isWorkedOn, needsOf, workOn } from "./health";
import { beginMaintenance, endMaintenance } from "./maintain";
import { Messages } from "./Messages";
import { Orders } from "./Orders";
import { Work } from "./Work";
import { word } from "./words";

interface Rejection {
  at: string;
  topic: string;
  reason: string;
  detail: string;
  text: string;
  bytes_base64: string;
  length: number;
}

const flags: Record<string, "good" | "unjudged" | "suspect" | "fail" | "missing"> = { Good: "good", NotEvaluated: "unjudged", Suspect: "suspect", Fail: "fail", Missing: "missing" };

/** One device, for whoever stands before it. */
export function DevicePage({ id }: { id: string }) {
  const desk = useDesk();
  const device = desk.devices.find((one) => one.id === id);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!device) return <div class="stack"><h1>{id}</h1><p class="empty">{word("unknownDevice")}</p><a href={to("devices")}>{word("back")}</a></div>;
  const needs = needsOf(desk, device);
  const here = desk.maintenance.find((one) => one.subject === device.id && one.from <= desk.now);
  const alarms = alarmsOf(desk, device);
  const shown = device.values.find((one) => one.quantity === chosen) ?? device.values[0];
  return (
    <div class="stack">
      <div class="head">
        <h1>{device.name}</h1>
        <span class="soft">{kindName(device.kind)} · {device.id}</span>
        <a class="end" href={to("devices")}>{word("back")}</a>
      </div>
      {(needs.length > 0 || isWorkedOn(desk, device)) && <p class="needs">{isWorkedOn(desk, device) && <span class="badge">{word("maintained")}</span>}{needs.map(({ says, weight }) => <span key={says} class={weight >= 50 ? "badge urgent" : "badge"}>{says}</span>)}</p>}
      <div class="actions no-print">
        {may("Technician") && (here
          ? <button type="button" class="primary" onClick={() => endMaintenance(here)}>{word("end")}</button>
          : <button type="button" class="primary" onClick={() => beginMaintenance(desk, device.id)}>{word("maintain")}</button>)}
        {device.station && <a class="button" href={to("station", device.station)}>{word("station")}</a>}
        {alarms.map((one) => <a key={one.id} class="button" href={to("alarms", one.id)}>{word("alarm")}: {alarmName(one)}</a>)}
      </div>
      <div class="columns">
        <section class="card stack tight" aria-labelledby="values">
          <h2 id="values">{word("values")}</h2>
          <p class="soft">
            {word("state")}: {device.online === null ? "–" : word(device.online ? "online" : "offline")} · {word("lastHeard")}: {device.received_at ? `${time(device.received_at)} (${age(device.received_at, desk.now)})` : "–"}
          </p>
          {device.values.length > 0 && (
            <Scroll label={word("values")}>
              <table>
                <thead><tr><th scope="col">{word("quantity")}</th><th scope="col" class="number">{word("value")}</th><th scope="col">{word("flag")}</th><th scope="col">{word("measured")}</th></tr></thead>
                <tbody>
                  {device.values.map((one) => (
                    <tr key={one.quantity}>
                      <th scope="row"><button type="button" class="quiet pick" aria-pressed={one === shown} onClick={() => setChosen(one.quantity)}>{quantityName(one.quantity)}</button></th>
                      <td class="number">{valueOf(one)}</td>
                      <td class={one.flag === "Fail" || one.flag === "Suspect" ? "bad" : ""}>{word(flags[one.flag] ?? "unjudged")}</td>
                      <td>{age(one.measured_at, desk.now)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </section>
        {shown && (
          <section class="card stack tight" aria-labelledby="curve">
            <h2 id="curve">{word("curve")}: {quantityName(shown.quantity)}</h2>
            <Curve device={device.id} quantity={shown.quantity} unit={shown.unit} now={desk.now} />
          </section>
        )}
      </div>
      <section class="stack tight" aria-labelledby="work">
        <h2 id="work">{word("maintenance")}</h2>
        <Work all={workOn(desk, device)} />
      </section>
      <section class="stack tight" aria-labelledby="rejected">
        <h2 id="rejected">{word("rejections")} ({device.rejections})</h2>
        {may("Technician") ? <Rejections device={device} /> : <p class="soft">{word("notYours")}</p>}
      </section>
      {may("Technician") && (
        <>
          <Messages device={device.id} />
          <div class="columns">
            <AccountCard device={device.id} />
            <Orders device={device.id} now={desk.now} />
          </div>
        </>
      )}
    </div>
  );
}

function Rejections({ device }: { device: Device }) {
  const every = useEvery(20_000);
  const { is: all, wrong } = useLoad<Rejection[]>(`/api/rejections?device=${encodeURIComponent(device.id)}&count=50`, device.rejections, every);
  if (wrong) return <p class="note bad" role="alert">{wrong}</p>;
  if (!all || all.length === 0) return <p class="soft">{all ? word("noRejections") : "…"}</p>;
  return (
    <ul class="rows">
      {all.map((one, at) => (
        <li key={at}>
          <details class="grow">
            <summary>{time(one.at)} · {one.reason} <small>· {one.length} {word("bytes")}</small></summary>
            <div class="stack tight">
              <p>{one.detail}</p>
              <p class="soft"><code>{one.topic}</code></p>
              <h3>{word("asText")}</h3>
              <pre class="raw">{one.text}</pre>
              <h3>{word("asBytes")}</h3>
              <pre class="raw">{hex(one.bytes_base64)}</pre>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}

/** 0000  7b 22 74 22 … */
function hex(base64: string): string {
  const bytes = [...atob(base64)].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0"));
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 8) lines.push(`${at.toString(16).padStart(4, "0")}  ${bytes.slice(at, at + 8).join(" ")}`);
  return lines.join("\n");
}
