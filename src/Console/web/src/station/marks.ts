import type { Alarm, Broadcast, Level, Proposal } from "../desk/desk";
import { reason } from "../parts/reasons";
import { to } from "../shell/route";
import { number } from "../words/format";
import { pick } from "../words/language";
import { alarmName, deciderName, levelName } from "../words/names";

export type MarkKind = "rise" | "end" | "decided" | "told" | "first" | "last";

/** Something that happened, on the axis of the river's time and on the list below it. */
export interface Mark {
  key: string;
  kind: MarkKind;
  /** Epoch ms. */
  at: number;
  level: Level;
  says: string;
  href: string | null;
}

/** A decided proposal, as /api/proposals gives it. */
export interface Decided extends Pick<Proposal, "id" | "station" | "level" | "kind" | "rule_name"> {
  state: string;
  decided_at: string | null;
  decided_by: string | null;
  reason: string | null;
}

/** When a bulletin reached people. */
export interface Reached {
  bulletin: number;
  people: number;
  told: number;
  delivered: number;
  first_accepted_at: string | null;
  last_accepted_at: string | null;
  first_delivered_at: string | null;
  last_delivered_at: string | null;
}

const states: Record<string, readonly [string, string]> = {
  Approved: ["đồng ý gửi", "approved"],
  Declined: ["không gửi", "declined"],
  Withdrawn: ["rút lại, nước đã đổi", "withdrawn, the water changed"],
  Expired: ["không ai quyết kịp", "nobody decided in time"],
};

const ms = (at: string) => new Date(at).getTime();

/** Everything of a station that happened in a stretch, in the order of time; its own subjects only. */
export function marksOf(station: string, alarms: Alarm[], proposals: Decided[], broadcasts: Broadcast[], reached: Reached[], from: number, until: number): Mark[] {
  const marks: Mark[] = [];
  for (const one of alarms) {
    if (one.subject !== station) continue;
    const href = to("alarms", one.id);
    const name = one.cause === "Threshold" ? levelName(one.peak) : alarmName(one);
    marks.push({ key: `rise-${one.id}`, kind: "rise", at: ms(one.opened_at), level: one.peak, says: name, href });
    if (one.ended_at) marks.push({ key: `end-${one.id}`, kind: "end", at: ms(one.ended_at), level: "None", says: name, href });
  }
  for (const one of proposals) {
    if (one.station !== station || !one.decided_at) continue;
    // The reason of what expired says that nobody decided in time.
    const state = one.state === "Expired" && one.reason ? undefined : states[one.state];
    const says = [what(one.kind, one.level), state && pick(...(state as [string, string])), one.decided_by && deciderName(one.decided_by), one.reason && reason(one.reason)].filter(Boolean).join(" · ");
    marks.push({ key: `decided-${one.id}`, kind: "decided", at: ms(one.decided_at), level: one.level, says, href: to("decide", one.id) });
  }
  for (const one of broadcasts) {
    if (one.station !== station) continue;
    const href = to("told", one.id);
    marks.push({ key: `told-${one.id}`, kind: "told", at: ms(one.decided_at), level: one.level, says: `${what(one.kind, one.level)} · ${deciderName(one.decided_by)}`, href });
    const how = reached.find(({ bulletin }) => bulletin === one.id);
    if (!how?.first_delivered_at || !how.last_delivered_at) continue;
    const count = pick(`${number(how.delivered)} trên ${number(how.people)} người`, `${number(how.delivered)} of ${number(how.people)} people`);
    marks.push({ key: `first-${one.id}`, kind: "first", at: ms(how.first_delivered_at), level: one.level, says: what(one.kind, one.level), href });
    marks.push({ key: `last-${one.id}`, kind: "last", at: ms(how.last_delivered_at), level: one.level, says: `${what(one.kind, one.level)} · ${count}`, href });
  }
  return marks.filter(({ at }) => at >= from && at <= until).sort((a, b) => a.at - b.at);
}

const what = (kind: Broadcast["kind"], level: Level): string =>
  kind === "AllClear" ? pick("Tin kết thúc", "All-clear") : kind === "Announcement" ? pick("Thông báo", "Announcement") : levelName(level);
