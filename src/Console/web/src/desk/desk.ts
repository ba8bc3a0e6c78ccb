/** What the engine sends on /api/live, whole each time: a message lost is mended by the next one. Metres, metres an hour, ISO times in UTC. */

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
  forecast: { level: Level; made_at: string; from: string; middle: string; to: string | null; probability: number } | null;
  /** How the forecasts have turned out since the engine's start. */
  forecast_skill: { came: number; held: number; open_ended: number; stayed: number; surprises: number; mean_absolute_error_min: number; mean_lead_min: number; brier: number } | null;
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
  peak_stage_m: number | null;
  opened_at: string;
  changed_at: string;
  ended_at: string | null;
  note: string | null;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  /** How well it is borne out: A, a witness agrees; C, weak. Null when it is over. */
  grade: "A" | "B" | "C" | null;
  /** What keeps its notices quiet; null for nothing. */
  quiet: "Maintenance" | "Inhibited" | "Hours" | "Flapping" | "Shelved" | null;
  quiet_vi: string | null;
  quiet_en: string | null;
  /** Who has it in hand. */
  assigned_to: string | null;
  /** When it comes back from the shelf; null when it is not on one. */
  shelved_until: string | null;
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
  /** The number of the alarm that it is about. */
  episode: number;
  station: string;
  station_name: string;
  rule_name: string;
  level: Level;
  rule: string;
  kind: Broadcast["kind"];
  level_now: Level;
  state: "Waiting" | "Approved" | "Declined" | "Withdrawn" | "Expired";
  proposed_at: string;
  decided_at: string | null;
  decided_by: string | null;
  reason: string | null;
  /** The bulletin that it became; null when it became none, or has not yet. */
  bulletin: number | null;
  /** How well its alarm is borne out; null when that is over. */
  grade: "A" | "B" | "C" | null;
  /** What the engine would put into each slot of the form; `slots` stands before it. Empty for a person's own words. */
  known: Record<string, string>;
  /** What every carrier would say in every language, while it waits. */
  texts: { language: "vi" | "en"; carrier: string; text: string; segments: number | null; coding: string | null }[];
  text_vi: string;
  text_en: string;
  measured_at: string;
  not_after: string;
  decider: "Officer" | "Supervisor";
  areas: string[];
  slots: Record<string, string> | null;
  because_vi: string | null;
  because_en: string | null;
  persons: number;
  approved_by: string[];
  decide_by: string | null;
  when_time_is_up: "Escalate" | "Send" | "Drop" | null;
  called: { name: string; phone: string; called_at: string; acknowledged_at: string | null }[];
  sms_vi: string;
  sms_segments: number;
  reach: { people: number; carriers: { carrier: string; people: number }[]; seconds: number; price: number | null; over_budget: number } | null;
  last_safe_moment: { level: Level; expected_from: string; telling_s: number; evacuation_s: number; at: string } | null;
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
  stop_reason: string | null;
  /** The codes of the areas that it is for. */
  areas: string[];
  rule: string;
  rule_name: string;
  measured_at: string;
  decided_at: string;
  decided_by: string;
  not_after: string;
  sms_vi: string;
  sms_segments: number;
  progress: { total: number; waiting: number; ahead: number; per_second: number; left_seconds: number | null; finishes_at: string | null } | null;
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
  values: { quantity: string; unit: string; value: number; measured_at: string; flag: string }[];
  rejections: number;
  unknown_fields: number;
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
  /** All of it is an exercise. */
  drill: boolean;
}
