import type { Level } from "../desk/desk";

/** A run of the rules over the archive, as /api/backtests/last gives it. */
export interface Run {
  id: number;
  state: "Running" | "Done" | "Stopped" | "Failed";
  from: string;
  to: string;
  is_scored: boolean;
  tolerance_s: number;
  who: string | null;
  begun_at: string;
  ended_at: string | null;
  share: number;
  readings: number;
  wrong: string | null;
}

export interface Change {
  at: string;
  station: string | null;
  rule: string;
  from: Level;
  to: Level;
  cause: string;
  device?: string;
  stage_m?: number;
  rate_m_per_h?: number | null;
}

export interface Score {
  rule: string | null;
  level: Level;
  hits: number;
  misses: number;
  false_alarms: number;
  pod: number | null;
  far: number | null;
  csi: number | null;
  median_lead_minutes: number | null;
  worst_lead_minutes: number | null;
  not_scored: number;
}

export interface Result {
  summary: { readings: number; from: string; to: string; station_years: number; alarms: number; bulletins: number; asked: number; messages_per_resident: Record<string, number> };
  rules: { rule: string; shadow: boolean; alarms: number; alarms_per_station_year: number | null }[];
  scores: Score[];
  alarms: Change[];
  left_out: number;
  unknown: { name: string; quantity: string; readings: number }[];
}
