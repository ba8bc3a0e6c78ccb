import type { Desk, Device } from "./desk";
import { age, kindName, type Language, measured, word } from "./words";

export function Devices({ desk, language }: { desk: Desk; language: Language }) {
  return (
    <section aria-labelledby="devices">
      <h2 id="devices">{word(language, "devices")}</h2>
      <ul class="rows devices">{desk.devices.map((device) => <DeviceRow key={device.id} device={device} now={desk.now} language={language} />)}</ul>
    </section>
  );
}

function DeviceRow({ device, now, language }: { device: Device; now: string; language: Language }) {
  const state = device.online === null ? "unknown" : device.online ? "online" : "offline";
  return (
    <li>
      <span class={`dot ${state}`} aria-hidden="true" />
      <strong>{device.name}</strong>
      <small>{kindName(language, device.kind)} · {device.id}</small>
      <span class="values">
        {device.values.map((value) => measured(language, value)).join(" · ")}
      </span>
      <small class={state === "offline" ? "bad" : ""}>
        {state !== "unknown" && word(language, state)}{device.received_at && ` · ${age(language, device.received_at, now)}`}
        {device.rejections > 0 && ` · ${device.rejections} ${word(language, "rejected")}`}
      </small>
    </li>
  );
}
