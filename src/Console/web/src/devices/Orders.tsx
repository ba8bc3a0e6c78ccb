import { useEffect, useState } from "preact/hooks";
import { askFor } from "../parts/Ask";
import { useEvery } from "../parts/every";
import { useLoad } from "../parts/load";
import { send } from "../parts/send";
import { near } from "../words/format";
import { word } from "./words";

type State = "Giving" | "Waiting" | "Sent" | "Delivered" | "Refused" | "NobodyListens" | "Full" | "Failed" | "HandedOver" | "Lost";

interface Order {
  id: number;
  payload: string;
  given_at: string;
  given_by: string;
  state: State;
  state_at: string;
  detail: string | null;
}

interface Orders {
  is_told: boolean;
  least_s: number;
  most_s: number;
  orders: Order[];
}

const open: State[] = ["Giving", "Waiting", "Sent"];
const failed: State[] = ["Refused", "NobodyListens", "Full", "Failed", "Lost"];

/** What people ordered a device to do, and what became of it. */
export function Orders({ device, now }: { device: string; now: string }) {
  const [isOpen, setOpen] = useState(false);
  const every = useEvery(isOpen ? 3_000 : 30_000);
  const path = `/api/devices/${encodeURIComponent(device)}/commands`;
  const { is: all, wrong, again } = useLoad<Orders>(path, every);
  const waits = all?.orders.some((one) => open.includes(one.state)) ?? false;
  useEffect(() => setOpen(waits), [waits]);
  const order = ({ is_told, least_s, most_s }: Orders) => askFor({
    title: `${word("measureEvery")}`, text: word(is_told ? "measureText" : "measureBroker"), action: word("send"), named: true,
    fields: [{ name: "seconds", label: word("seconds"), hint: word("secondsHint").replace("{least}", String(least_s)).replace("{most}", String(most_s)), kind: "number", value: String(Math.min(60, most_s)), min: least_s, max: most_s, step: 1 }],
    does: async ({ seconds, who }) => {
      const answer = await send(path, { interval_s: Number(seconds), who });
      if ("wrong" in answer) return answer.wrong;
      again();
      return null;
    },
  });
  return (
    <section class="card stack tight" aria-labelledby="commands">
      <h2 id="commands">{word("commands")}</h2>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {all && !all.is_told && <p class="soft">{word("measureBroker")}</p>}
      {all?.orders.length === 0 && <p class="soft">{word("noCommands")}</p>}
      {all && all.orders.length > 0 && (
        <ul class="plain-rows">
          {all.orders.slice(0, 5).map((one) => (
            <li key={one.id}>
              <strong>{says(one.payload)}</strong> · <span class={failed.includes(one.state) ? "bad" : ""}>{word(one.state)}{one.state === "Delivered" && ` ${near(one.state_at, now)}`}</span>
              <small class="line">{near(one.given_at, now)} · {one.given_by}{one.detail && ` · ${one.detail}`}</small>
            </li>
          ))}
        </ul>
      )}
      {all && <div class="actions no-print"><button type="button" onClick={() => order(all)}>{word("measureEvery")}</button></div>}
    </section>
  );
}

function says(payload: string): string {
  const seconds = (JSON.parse(payload) as { interval_s?: number }).interval_s;
  return seconds === undefined ? payload : `${word("order")} ${seconds} s`;
}
