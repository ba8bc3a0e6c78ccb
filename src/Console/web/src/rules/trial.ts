import type { Level } from "../desk/desk";
import { number, span } from "../words/format";
import { pick } from "../words/language";

/** A rule on trial beside those in earnest, as /api/rules/trials gives it. */
export interface Trial {
  rule: string;
  /** The rules in earnest of its kind, and others there that tell people. */
  same_kind: string[];
  telling: string[];
  raised: number;
  agreed: number;
  again: number;
  false: number;
  open: number;
  missed: number;
  median_lead_s: number | null;
  worst_lead_s: number | null;
  tolerance_s: number;
  alarms: TrialAlarm[];
}

/** An alarm of either side; one that the trial missed has no number of its own. */
export interface TrialAlarm {
  id: number | null;
  subject: string;
  outcome: "Agreed" | "Again" | "False" | "Open" | "Missed";
  peak: Level;
  peak_stage_m: number | null;
  opened_at: string;
  ended_at: string | null;
  real: number | null;
  real_rule: string | null;
  real_opened_at: string | null;
  lead_s: number | null;
}

/** How long before; with a minus how long after. */
export const leadOf = (seconds: number | null): string =>
  seconds === null ? "–" : Math.abs(seconds) < 60 ? pick("cùng lúc", "at the same time") : `${seconds < 0 ? "−" : "+"}${span(Math.abs(seconds))}`;

/** The same within a sentence: 6 giờ sớm hơn, 20 phút muộn hơn. */
const leadSays = (seconds: number): string =>
  Math.abs(seconds) < 60 ? leadOf(seconds) : pick(`${seconds < 0 ? "muộn" : "sớm"} hơn ${span(Math.abs(seconds))}`, `${span(Math.abs(seconds))} ${seconds < 0 ? "later" : "earlier"}`);

/** The trial in one sentence. */
export function inShort(trial: Trial, days: number): string {
  if (trial.raised + trial.missed === 0) return pick(`${days} ngày qua chưa lên tiếng lần nào.`, `It has not risen in the last ${days} days.`);
  const lead = trial.median_lead_s === null ? "" : ` (${pick("trung vị", "median")} ${leadSays(trial.median_lead_s)})`;
  return pick(
    `${days} ngày qua: lên tiếng ${number(trial.raised)} lần, khớp ${number(trial.agreed)}${lead}, nhầm ${number(trial.false)}, sót ${number(trial.missed)}.`,
    `In the last ${days} days: rose ${number(trial.raised)}, agreed ${number(trial.agreed)}${lead}, false ${number(trial.false)}, missed ${number(trial.missed)}.`,
  );
}
