import { useState } from "preact/hooks";
import { useDesk } from "../desk/context";
import type { Desk, Device } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { useEvery } from "../parts/every";
import { load, useLoad } from "../parts/load";
import { send } from "../parts/send";
import { to } from "../shell/route";
import { age, time } from "../words/format";
import { kindName } from "../words/names";
import { giveAccount, type Accounts } from "./accounts";
import { Scanner, useCanScan } from "./Scan";
import { word } from "./words";

interface Stranger {
  device: string;
  is_name: boolean;
  is_of_site: boolean;
  has_account: boolean;
  messages: number;
  last_message_at: string | null;
  refused: number;
  last_refused_at: string | null;
  address: string | null;
  client_id: string | null;
  reason: "UnknownName" | "WrongPassword" | "Revoked" | "TooOften" | null;
}

type Standing = "InForce" | "NamedByFiles" | "StationGone" | "NotPossible" | "LetGo";

interface Adoptions {
  models: { id: string; kind: Device["kind"]; quantities: string[]; like: string }[];
  adopted: { id: number; device: string; kind: Device["kind"]; model: string; station: string | null; name: string; adopted_at: string; adopted_by: string; until_at: string | null; until_by: string | null; standing: Standing }[];
}

/** Who knocks and is not known; and who was taken in beside the site's files. */
export function Strangers() {
  const desk = useDesk();
  const every = useEvery(10_000);
  const strangers = useLoad<Stranger[]>("/api/devices/strangers", every);
  const adoptions = useLoad<Adoptions>("/api/adoptions", every);
  const [isScanning, setScanning] = useState(false);
  const canScan = useCanScan();
  const again = () => {
    strangers.again();
    adoptions.again();
  };
  const begin = async (device: string) => askToAdopt(desk, device, again);
  const adopted = adoptions.is?.adopted.filter((one) => one.standing !== "LetGo") ?? [];
  return (
    <>
      <section class="stack tight" aria-labelledby="strangers">
        <div class="head">
          <h2 id="strangers">{word("strangers")}{strangers.is && strangers.is.length > 0 && <> <span class="count">{strangers.is.length}</span></>}</h2>
          <span class="actions end no-print">
            {canScan && <button type="button" onClick={() => setScanning(true)}>{word("scan")}</button>}
            <button type="button" onClick={() => begin("")}>{word("adoptAny")}</button>
          </span>
        </div>
        {strangers.wrong && <p class="note bad" role="alert">{strangers.wrong}</p>}
        {strangers.is?.length === 0 && <p class="soft">{word("noStrangers")}</p>}
        {strangers.is && strangers.is.length > 0 && (
          <ul class="rows">
            {strangers.is.map((one) => (
              <li key={one.device}>
                <span class="grow">
                  <strong><code>{one.device}</code></strong>
                  {one.messages > 0 && <small class="line">{one.messages} {word("messagesCame")}{one.last_message_at && ` · ${age(one.last_message_at, desk.now)}`}</small>}
                  {one.refused > 0 && (
                    <small class="line">
                      {one.refused} {word("refusedTimes")}{one.reason && `: ${word(one.reason)}`}{one.last_refused_at && ` · ${age(one.last_refused_at, desk.now)}`}
                      {one.address && ` · ${word("fromAddress")} ${one.address}`}{one.client_id && one.client_id !== one.device && ` · ${word("calls")} ${one.client_id}`}
                    </small>
                  )}
                  {!one.is_name && <small class="line">{word("masked")}</small>}
                </span>
                {one.is_of_site ? <a class="button end" href={to("devices", one.device)}>{word("account")}</a>
                  : one.is_name && <button type="button" class="end" onClick={() => begin(one.device)}>{word("adopt")}</button>}
              </li>
            ))}
          </ul>
        )}
      </section>
      {adopted.length > 0 && (
        <section class="stack tight" aria-labelledby="adopted">
          <h2 id="adopted">{word("adopted")} ({adopted.length})</h2>
          <ul class="rows">
            {adopted.map((one) => (
              <li key={one.id}>
                <span class="grow">
                  <strong>{one.standing === "InForce" || one.standing === "NamedByFiles" ? <a href={to("devices", one.device)}>{one.name}</a> : one.name}</strong> <small>{kindName(one.kind)} · {one.device}</small>
                  <small class="line">{word("adoptedBy")} {one.adopted_by}, {time(one.adopted_at)} · <span class={one.standing === "InForce" ? "" : "bad"}>{word(one.standing as Exclude<Standing, "LetGo">)}</span></small>
                </span>
                <button type="button" class="end" onClick={() => askToLetGo(one.id, one.name, again)}>{word("letGo")}</button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isScanning && <Scanner onAway={() => setScanning(false)} onFound={(id) => { setScanning(false); void begin(id); }} />}
    </>
  );
}

/** Asks what a device is and where it stands, takes it in, and gives it its account where it has none. */
async function askToAdopt(desk: Desk, device: string, again: () => void) {
  let models: Adoptions["models"] = [];
  let accounts: Accounts | null = null;
  try {
    [{ models }, accounts] = await Promise.all([load<Adoptions>("/api/adoptions"), load<Accounts>("/api/devices/accounts")]);
  } catch (failure) {
    return askFor({ title: word("adopt"), text: (failure as Error).message, action: word("cancel"), does: async () => null });
  }
  const hasOne = (id: string) => accounts!.accounts.some((one) => one.device === id && one.revoked_at === null);
  askFor({
    title: word("adopt"), text: word("adoptText"), action: word("adopt"), named: true,
    fields: [
      { name: "device", label: word("deviceId"), value: device, maxLength: 64 },
      { name: "name", label: word("deviceName"), maxLength: 100 },
      { name: "model", label: word("like"), kind: "select", options: models.map((one) => [one.id, `${kindName(one.kind)} (${one.id}, ${word("likeOne")} ${one.like})`]) },
      { name: "station", label: word("atStation"), kind: "select", options: [["", word("nowhere")], ...desk.stations.map(({ id, name }): [string, string] => [id, name])] },
      ...(accounts.is_door && !(device && hasOne(device)) ? [{ name: "account", label: word("withAccount"), kind: "checkbox" as const, value: "yes" }] : []),
    ],
    does: async ({ device: id = "", name, model, station, account, who }) => {
      const answer = await send<{ id: number; in_force: boolean }>("/api/adoptions", { device: id, name, model, station: station || null, who });
      if ("wrong" in answer) return answer.wrong;
      again();
      if (!answer.done.in_force) return word("notInForce");
      if (account === "yes" && !hasOne(id)) {
        const wrong = await giveAccount(id, who);
        if (wrong) return wrong;
      }
      location.hash = to("devices", id);
      return null;
    },
  });
}

const askToLetGo = (id: number, name: string, again: () => void) => askFor({
  title: `${word("letGo")}: ${name}`, text: word("letGoText"), action: word("letGo"), isDanger: true, named: true,
  does: async ({ who }) => {
    const answer = await send(`/api/adoptions/${id}/end`, { who });
    if ("wrong" in answer) return answer.wrong;
    again();
    return null;
  },
});
