// What the engine sends on /api/live, whole each time: a message lost is mended by the next one.

import { ask } from "./accounts/session";

export type Level = "None" | "I" | "II" | "III";

export interface Ladder {
  I: number;
  II: number;
  III: number;
}

export interface Station {
  id: string;
  name: string;
  river: string;
  stage_m: number | null;
  measured_at: string | null;
  received_at: string | null;
  rate_m_per_h: number | null;
  level: Level;
  relation_vi: string | null;
  relation_en: string | null;
  silent: boolean;
  ladder: Ladder | null;
  /** When the next level is expected; null when it is not. Without an end it may also stay away. */
  forecast: { level: Level; from: string; to: string | null; probability: number } | null;
  /** [epoch ms, metres], oldest first, the last two days at most. */
  recent: [number, number][];
}

export interface Alarm {
  id: number;
  subject: string;
  subject_name: string;
  rule: string;
  rule_name: string;
  cause: "Threshold" | "Rate" | "Silence" | "Limit" | "Fault" | "Forecast" | "Combination" | "Release";
  level: Level;
  peak: Level;
  opened_at: string;
  ended_at: string | null;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  /** How well it is borne out: A, a witness agrees; C, weak. Null when it is over. */
  grade: "A" | "B" | "C" | null;
  /** What keeps its notices quiet; null for nothing. */
  quiet: "Maintenance" | "Inhibited" | "Hours" | "Flapping" | null;
  quiet_vi: string | null;
  quiet_en: string | null;
}

export interface Maintenance {
  id: number;
  subject: string;
  subject_name: string;
  from: string;
  until: string;
  reason: string;
  entered_by: string;
}

export interface Proposal {
  id: number;
  station: string;
  station_name: string;
  rule_name: string;
  level: Level;
  text_vi: string;
  text_en: string;
  not_after: string;
  because_vi: string | null;
  because_en: string | null;
  persons: number;
  approved_by: string[];
  decide_by: string | null;
  when_time_is_up: "Escalate" | "Send" | "Drop" | null;
  called: { name: string; phone: string; called_at: string; acknowledged_at: string | null }[];
  sms_vi: string;
  sms_segments: number;
  reach: { people: number; carriers: { carrier: string; people: number }[]; seconds: number; price: number | null } | null;
  last_safe_moment: { level: Level; expected_from: string; at: string } | null;
}

export type DeliveryState = "planned" | "handed_over" | "accepted" | "delivered" | "seen" | "failed" | "passed_on" | "expired" | "replaced" | "stopped" | "held";

export interface Broadcast {
  id: number;
  kind: "Warning" | "AllClear" | "Announcement";
  level: Level;
  station: string;
  station_name: string;
  text_vi: string;
  text_en: string;
  stopped_at: string | null;
  stopped_by: string | null;
  measured_at: string;
  decided_at: string;
  decided_by: string;
  expired: boolean;
  carriers: { carrier: string; counts: Partial<Record<DeliveryState, number>> }[];
}

/** A reservoir of the site, with its notice in force. */
export interface Reservoir {
  source: string;
  name: string;
  rules: string[];
  notice: { id: number; q_min: number; q_max: number; starts_at: string; document: string | null; entered_by: string } | null;
}

export interface Device {
  id: string;
  name: string;
  kind: "Gauge" | "AccessPoint" | "Camera";
  station: string | null;
  online: boolean | null;
  received_at: string | null;
  values: { quantity: string; unit: string; value: number }[];
  rejections: number;
}

export interface Desk {
  now: string;
  site: string;
  note_vi: string | null;
  note_en: string | null;
  ready: boolean;
  not_ready_because: string | null;
  stations: Station[];
  reservoirs: Reservoir[];
  alarms: Alarm[];
  proposals: Proposal[];
  broadcasts: Broadcast[];
  devices: Device[];
  maintenance: Maintenance[];
}

export type Link = "connecting" | "live" | "lost";

/** Follows the engine and comes back when it was away. Returns the way to stop. */
export function follow(onDesk: (desk: Desk) => void, onLink: (link: Link) => void): () => void {
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource("/api/live");
    source.addEventListener("desk", (event) => {
      onLink("live");
      onDesk(JSON.parse((event as MessageEvent<string>).data) as Desk);
    });
    source.addEventListener("error", () => {
      onLink("lost");
      // After an answer that is no stream (a proxy's 502) the browser gives up; the page does not.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, 3000);
    });
  };
  open();
  return () => {
    clearTimeout(again);
    source.close();
  };
}

/** Says something to the engine; the answer is null when it was done, else a sentence for the person. */
export async function say(path: string, body: object): Promise<string | null> {
  try {
    const answer = await ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (answer.ok) return null;
    const problem = (await answer.json().catch(() => null)) as { title?: string; detail?: string } | null;
    return problem?.detail ?? problem?.title ?? `HTTP ${answer.status}`;
  } catch {
    return "Không tới được máy chủ. / The engine cannot be reached.";
  }
}
