import { askFor } from "../parts/Ask";
import { send } from "../parts/send";
import { time } from "../words/format";
import { word } from "./words";

/** A device's account at the front door, without what would prove it. */
export interface Account {
  device: string;
  made_at: string;
  made_by: string;
  renewed_at: string | null;
  renewed_by: string | null;
  former_until: string | null;
  revoked_at: string | null;
  revoked_by: string | null;
}

export interface Accounts {
  is_door: boolean;
  broker: string | null;
  accounts: Account[];
}

interface Secret {
  user: string;
  password: string;
  topic: string;
  status_topic: string;
  command_topic: string;
  former_until: string | null;
}

/** Shows a password this once: it is in the question in front of the page, and nowhere else. */
const show = (secret: Secret) => setTimeout(() => askFor({
  title: `${word("secretTitle")} ${secret.user}`,
  text: `${word("secretText")}${secret.former_until ? ` ${word("formerUntil")} ${time(secret.former_until)}.` : ""}`,
  once: [[word("user"), secret.user], [word("password"), secret.password], [word("topic"), secret.topic], [word("statusTopic"), secret.status_topic], [word("commandTopic"), secret.command_topic]],
  action: word("kept"),
  does: async () => null,
}));

/** Asks the engine for a password and shows it; a sentence says why there is none. */
export async function giveAccount(device: string, who: string | undefined): Promise<string | null> {
  const answer = await send<Secret>(`/api/devices/${encodeURIComponent(device)}/account`, { who });
  if ("wrong" in answer) return answer.wrong;
  show(answer.done);
  return null;
}

export const askToGive = (device: string, again: () => void) => askFor({
  title: `${word("give")}: ${device}`, text: word("giveText"), action: word("give"), named: true,
  does: async ({ who }) => {
    const wrong = await giveAccount(device, who);
    if (!wrong) again();
    return wrong;
  },
});

export const askToRenew = (device: string, again: () => void) => askFor({
  title: `${word("renew")}: ${device}`, text: word("renewText"), action: word("renew"), named: true,
  fields: [{ name: "hours", label: word("formerHours"), hint: word("formerHint"), kind: "number", value: "24", min: 0, max: 168, step: 1 }],
  does: async ({ who, hours }) => {
    const answer = await send<Secret>(`/api/devices/${encodeURIComponent(device)}/account/renew`, { who, former_hours: Number(hours) });
    if ("wrong" in answer) return answer.wrong;
    again();
    show(answer.done);
    return null;
  },
});

export const askToRevoke = (device: string, again: () => void) => askFor({
  title: `${word("revokeTitle")}: ${device}`, text: word("revokeText"), action: word("revoke"), isDanger: true, named: true,
  does: async ({ who }) => {
    const answer = await send(`/api/devices/${encodeURIComponent(device)}/account/revoke`, { who });
    if ("wrong" in answer) return answer.wrong;
    again();
    return null;
  },
});
