import type { Level } from "../desk/desk";
import { duration, metres, number } from "../words/format";
import { pick } from "../words/language";
import { kindName, levelName, quantityName, valueOf } from "../words/names";
import { word } from "./words";

export interface Member {
  rule: string;
  subject: string | null;
  level: Level;
}

export interface Facts {
  level: Level | null;
  windows_s: number[] | null;
  min_points: number | null;
  min_span_s: number | null;
  raise_m_per_h: number | null;
  clear_m_per_h: number | null;
  gate_m: number | null;
  slope: "TheilSen" | "LeastSquares" | null;
  without_tide: boolean | null;
  lead_s: number | null;
  horizon_s: number | null;
  hold_s: number | null;
  after_s: number | null;
  kind: "Gauge" | "AccessPoint" | "Camera" | null;
  devices: string[] | null;
  quantity: string | null;
  unit: string | null;
  side: "Above" | "Below" | null;
  raise: number | null;
  clear: number | null;
  raise_hold_s: number | null;
  clear_hold_s: number | null;
  while: { station: string; rule: string; level: Level } | null;
  faults: ("Stuck" | "Spiking" | "Saturated" | "Jump" | "Clock")[] | null;
  spikes: number | null;
  within_s: number | null;
  jump_mm: number | null;
  clock_off_s: number | null;
  reservoir: string | null;
  discharges: { level: Level; from: number }[] | null;
  at_least: number | null;
  of: Member[] | null;
  without: Member[] | null;
}

export type Policy = "Auto" | "Ask" | "Desk";

export interface Rule {
  id: string;
  name: string;
  type: "StageLadder" | "RateOfRiseRule" | "Forecast" | "Silence" | "Limit" | "Fault" | "Release" | "Combination";
  policy: Policy;
  policy_by_grade: Policy[];
  is_shadow: boolean;
  stations: string[];
  witnesses: Member[];
  quieting: { hours: string | null; inhibitors: Member[]; flapping_times: number | null; flapping_within_s: number | null; flapping_calm_s: number | null };
  facts: Facts;
}

/** A rule that can never speak at a station, and why. */
export interface Dead {
  station: string;
  rule: string;
  because: "NoGauge" | "NothingToFallSilent" | "GateTooHigh";
  gate_m: number | null;
  ceiling_m: number | null;
}

export interface InForce {
  rules: Rule[];
  stations: {
    id: string; name: string; river: string; datum: string; report_every_s: number; lateness_s: number; feels_tide: boolean; upstream: string | null; areas: string[];
    ladders: { from: string; is_in_force: boolean; levels: { level: Level; raise_m: number; clear_m: number; raise_hold_s: number; clear_hold_s: number }[] }[];
  }[];
  deciding: { level: Level | null; grades: ("A" | "B" | "C")[]; by: "Officer" | "Supervisor"; persons: number; within_s: number | null; then: ("Escalate" | "Send" | "Drop")[] }[];
  tellings: { level: Level; carriers: string[]; together: boolean }[];
  quality: {
    model: string; quantity: string; unit: string | null; sensor_least: number | null; sensor_most: number | null; stations: string[]; every_s: number | null; gap_s: number | null;
    user_span: { least: number; most: number } | null; by_month: boolean; spike: { suspect: number; fail: number } | null; rate: { suspect: number; fail: number | null } | null;
    flat_line: { suspect_s: number; fail_s: number; tolerance: number } | null; attenuation: { period_s: number; suspect: number; fail: number } | null;
    neighbour: { suspect: number; within_s: number } | null;
  }[];
  warnings: Dead[];
  warning_valid_for_s: number;
  all_clear_valid_for_s: number;
  future_tolerance_s: number;
}

const faults: Record<NonNullable<Facts["faults"]>[number], (facts: Facts) => string> = {
  Stuck: () => pick("đứng im một giá trị quá lâu", "says the same for too long"),
  Spiking: ({ spikes, within_s }) => pick(`${spikes} gai, mỗi gai cách gai trước không quá ${duration(within_s ?? 0)}`, `${spikes} spikes, each within ${duration(within_s ?? 0)} of the one before`),
  Saturated: () => pick("hai số đo liền ở trần cảm biến", "two readings in a row at the sensor's ceiling"),
  Jump: ({ jump_mm }) => pick(`cao độ lệch hẳn từ ${number((jump_mm ?? 0) / 10)} cm`, `its zero moved by ${number((jump_mm ?? 0) / 10)} cm or more`),
  Clock: ({ clock_off_s }) => pick(`đồng hồ lệch đều hơn ${duration(clock_off_s ?? 0)}`, `its clock steadily off by more than ${duration(clock_off_s ?? 0)}`),
};

const rate = (value: number | null) => `${number((value ?? 0) * 100)} ${pick("cm/giờ", "cm/h")}`;
const held = (seconds: number | null) => (seconds ? pick(` trong ${duration(seconds)}`, ` for ${duration(seconds)}`) : "");

/** What a rule says, in a sentence or two. */
export function sentence({ type, facts }: Rule, nameOf: (member: Member) => string): string {
  switch (type) {
    case "StageLadder":
      return pick("Mực nước đạt một mức báo động của trạm (bảng bên trên).", "The stage reaches one of the station's alarm levels (the table above).");
    case "RateOfRiseRule": {
      const windows = (facts.windows_s ?? []).map(duration).join(" + ");
      return pick(
        `Nước lên từ ${rate(facts.raise_m_per_h)} trong ${windows} (ít nhất ${facts.min_points} số đo trải ${duration(facts.min_span_s ?? 0)})${facts.gate_m !== null ? `, khi mực nước từ ${metres(facts.gate_m)}` : ""}. Hết khi dưới ${rate(facts.clear_m_per_h)}.${facts.without_tide ? " Đã trừ thủy triều." : ""}`,
        `The water rises by ${rate(facts.raise_m_per_h)} or more over ${windows} (${facts.min_points} readings or more across ${duration(facts.min_span_s ?? 0)})${facts.gate_m !== null ? `, at ${metres(facts.gate_m)} or above` : ""}. Ends below ${rate(facts.clear_m_per_h)}.${facts.without_tide ? " The tide is taken off." : ""}`,
      );
    }
    case "Forecast":
      return pick(
        `${levelName(facts.level ?? "None")} có thể tới trong ${duration(facts.lead_s ?? 0)} nữa; nhìn trước ${duration(facts.horizon_s ?? 0)}. Hết khi ${duration(facts.hold_s ?? 0)} không còn dự báo tới.`,
        `${levelName(facts.level ?? "None")} may come within ${duration(facts.lead_s ?? 0)}; looks ${duration(facts.horizon_s ?? 0)} ahead. Ends when not expected for ${duration(facts.hold_s ?? 0)}.`,
      );
    case "Silence":
      return pick(`Không nhận được mực nước quá ${duration(facts.after_s ?? 0)}.`, `No stage was received for ${duration(facts.after_s ?? 0)}.`);
    case "Limit": {
      const [quantity, unit] = [facts.quantity ?? "", facts.unit ?? "1"];
      const value = (of: number | null) => valueOf({ quantity, unit, value: of ?? 0 });
      const what = quantityName(quantity);
      const where = facts.devices && facts.devices.length > 0 ? facts.devices.join(", ") : facts.kind ? kindName(facts.kind) : pick("mọi thiết bị", "all devices");
      const only = facts.while && nameOf({ rule: facts.while.rule, subject: facts.while.station, level: facts.while.level });
      // Yes or no is said in words and not as a limit.
      const state = quantity === "online" && facts.side === "Below" ? pick("mất kết nối", "offline") : quantity === "tamper" && facts.side === "Above" ? pick("bị che", "tampered") : null;
      if (state !== null)
        return `${where}: ${state}${held(facts.raise_hold_s)}.${facts.clear_hold_s ? pick(` Hết sau ${duration(facts.clear_hold_s)}.`, ` Ends after ${duration(facts.clear_hold_s)}.`) : ""}${only ? pick(` Chỉ khi có ${only}.`, ` Only while ${only} stands.`) : ""}`;
      const side = facts.side === "Above" ? pick("từ", "at or above") : pick("từ", "at or below");
      const tail = facts.side === "Above" ? pick("trở lên", "") : pick("trở xuống", "");
      return pick(
        `${where}: ${what} ${side} ${value(facts.raise)} ${tail}${held(facts.raise_hold_s)}.${facts.clear !== facts.raise ? ` Hết khi ${facts.side === "Above" ? "dưới" : "trên"} ${value(facts.clear)}${held(facts.clear_hold_s)}.` : facts.clear_hold_s ? ` Hết sau ${duration(facts.clear_hold_s)}.` : ""}${only ? ` Chỉ khi có ${only}.` : ""}`,
        `${where}: ${what} ${side} ${value(facts.raise)}${held(facts.raise_hold_s)}.${facts.clear !== facts.raise ? ` Ends ${facts.side === "Above" ? "below" : "above"} ${value(facts.clear)}${held(facts.clear_hold_s)}.` : facts.clear_hold_s ? ` Ends after ${duration(facts.clear_hold_s)}.` : ""}${only ? ` Only while ${only} stands.` : ""}`,
      );
    }
    case "Fault":
      return `${pick("Cảm biến", "The gauge")}: ${(facts.faults ?? []).map((one) => faults[one](facts)).join("; ")}.`;
    case "Release":
      return `${pick(`Hồ ${facts.reservoir} thông báo xả`, `${facts.reservoir} announces a release`)}: ${(facts.discharges ?? []).map(({ level, from }) => `${levelName(level)} ${pick("từ", "from")} ${number(from)} m³/s`).join("; ")}.`;
    case "Combination":
      return pick(
        `Ít nhất ${facts.at_least} trong: ${(facts.of ?? []).map(nameOf).join("; ")}.${facts.without?.length ? ` Không có: ${facts.without.map(nameOf).join("; ")}.` : ""}`,
        `At least ${facts.at_least} of: ${(facts.of ?? []).map(nameOf).join("; ")}.${facts.without?.length ? ` None of: ${facts.without.map(nameOf).join("; ")}.` : ""}`,
      );
  }
}

export function whyDead({ because, gate_m, ceiling_m }: Dead): string {
  switch (because) {
    case "NoGauge": return pick("không cảm biến nào đo mực nước ở đó", "no gauge measures a stage there");
    case "NothingToFallSilent": return pick("ở đó không có cảm biến nào để mất tin", "no gauge there can fall silent");
    case "GateTooHigh": return pick(
      `chỉ xét khi mực nước từ ${metres(gate_m ?? 0)}, mà cảm biến ở đó chỉ đo tới ${metres(ceiling_m ?? 0)}`,
      `it looks only at ${metres(gate_m ?? 0)} and above, and the gauge there measures up to ${metres(ceiling_m ?? 0)}`,
    );
  }
}

/** Who is told, by the grade of the evidence where that matters. */
export function policyOf({ policy, policy_by_grade: byGrade }: Rule): string {
  if (byGrade.length === 0) return word(policy);
  const grades = ["A", "B", "C"];
  const said = [...new Set(byGrade)].map((one) => `${grades.filter((_, at) => byGrade[at] === one).join(", ")}: ${word(one)}`);
  return `${word("grade")} ${said.join("; ")}`;
}

/** What keeps its notices quiet; empty for nothing. */
export function quietOf({ quieting }: Rule, nameOf: (member: Member) => string): string[] {
  const all: string[] = [];
  if (quieting.hours) all.push(pick(`ngoài giờ ${quieting.hours}`, `outside ${quieting.hours}`));
  if (quieting.inhibitors.length > 0) all.push(pick(`khi đang có: ${quieting.inhibitors.map(nameOf).join("; ")}`, `while there is: ${quieting.inhibitors.map(nameOf).join("; ")}`));
  if (quieting.flapping_times !== null)
    all.push(pick(
      `khi chập chờn (${quieting.flapping_times} lần trong ${duration(quieting.flapping_within_s ?? 0)}), đến khi đứng yên ${duration(quieting.flapping_calm_s ?? 0)}`,
      `while flapping (${quieting.flapping_times} times in ${duration(quieting.flapping_within_s ?? 0)}), until it has stood for ${duration(quieting.flapping_calm_s ?? 0)}`,
    ));
  return all;
}

/** The tests of a series, one a line. */
export function testsOf(one: InForce["quality"][number]): string[] {
  const value = (of: number) => valueOf({ quantity: one.quantity, unit: one.unit ?? "1", value: of });
  // A difference of stages is a matter of centimetres.
  const step = (of: number) => (one.unit === "mm" && one.quantity !== "rain" ? `${number(of / 10, of % 10 === 0 ? 0 : 1)} cm` : value(of));
  const all: string[] = [];
  if (one.sensor_least !== null && one.sensor_most !== null) all.push(pick(`cảm biến đo được ${value(one.sensor_least)} đến ${value(one.sensor_most)}`, `the sensor measures ${value(one.sensor_least)} to ${value(one.sensor_most)}`));
  if (one.user_span) all.push(pick(`đáng ngờ ngoài ${value(one.user_span.least)} đến ${value(one.user_span.most)}`, `suspect outside ${value(one.user_span.least)} to ${value(one.user_span.most)}`));
  if (one.by_month) all.push(pick("so với mức thường thấy của từng tháng", "against what is usual in each month"));
  if (one.gap_s !== null) all.push(pick(`đứt quãng sau ${duration(one.gap_s)}`, `a gap after ${duration(one.gap_s)}`));
  if (one.spike) all.push(pick(`gai: đáng ngờ trên ${step(one.spike.suspect)}, loại trên ${step(one.spike.fail)}`, `spike: suspect above ${step(one.spike.suspect)}, fails above ${step(one.spike.fail)}`));
  if (one.rate) {
    const perHour = (of: number) => `${step(Math.round(of * 3600))}/${pick("giờ", "h")}`;
    all.push(pick(`đổi nhanh: đáng ngờ trên ${perHour(one.rate.suspect)}${one.rate.fail === null ? "" : `, loại trên ${perHour(one.rate.fail)}`}`, `change: suspect above ${perHour(one.rate.suspect)}${one.rate.fail === null ? "" : `, fails above ${perHour(one.rate.fail)}`}`));
  }
  if (one.flat_line) all.push(pick(`đứng im: đáng ngờ sau ${duration(one.flat_line.suspect_s)}, loại sau ${duration(one.flat_line.fail_s)}`, `flat: suspect after ${duration(one.flat_line.suspect_s)}, fails after ${duration(one.flat_line.fail_s)}`));
  if (one.attenuation) all.push(pick(`ít dao động trong ${duration(one.attenuation.period_s)}: đáng ngờ dưới ${step(one.attenuation.suspect)}`, `little movement in ${duration(one.attenuation.period_s)}: suspect below ${step(one.attenuation.suspect)}`));
  if (one.neighbour) all.push(pick(`lệch cột bên cạnh hơn ${step(one.neighbour.suspect)}: đáng ngờ`, `further than ${step(one.neighbour.suspect)} from the gauge beside it: suspect`));
  return all;
}
