/** What levels, states, carriers, devices and values are called. */

import type { Alarm, DeliveryState, Device, Level, Reservoir } from "../desk/desk";
import { number, time } from "./format";
import { pick } from "./language";

export const levelName = (level: Level): string => (level === "None" ? pick("Dưới báo động I", "Below alarm I") : pick(`Báo động ${level}`, `Alarm ${level}`));

/** BĐ II */
export const shortLevel = (level: Level): string => (level === "None" ? pick("dưới BĐ I", "below I") : pick(`BĐ ${level}`, `Alarm ${level}`));

const states: Record<DeliveryState, [string, string]> = {
  planned: ["chờ gửi", "waiting"],
  handed_over: ["đang gửi", "sending"],
  accepted: ["nhà mạng đã nhận", "accepted"],
  delivered: ["đã tới máy", "delivered"],
  seen: ["đã xem", "seen"],
  failed: ["không gửi được", "failed"],
  passed_on: ["chuyển sang kênh khác", "passed on to another carrier"],
  expired: ["quá hạn", "expired"],
  replaced: ["tin mới thay", "replaced"],
  stopped: ["đã dừng", "stopped"],
  held: ["giữ lại, đã báo bằng tin khác", "held back: told by another bulletin"],
};

export const stateName = (state: DeliveryState): string => pick(...states[state]);

const kinds: Record<Device["kind"], [string, string]> = {
  Gauge: ["Trạm đo mực nước", "Water-level gauge"],
  AccessPoint: ["Điểm Wi-Fi", "Wi-Fi access point"],
  Camera: ["Camera", "Camera"],
};

export const kindName = (kind: Device["kind"]): string => pick(...kinds[kind]);

export const alarmName = (alarm: Alarm): string => (alarm.cause === "Threshold" ? levelName(alarm.ended_at ? alarm.peak : alarm.level) : alarm.rule_name);

/** An alarm about water, not about a device or the line. */
export const isFlood = (alarm: Alarm): boolean => alarm.cause === "Threshold" || alarm.cause === "Forecast" || alarm.cause === "Release" || alarm.cause === "Combination" || alarm.cause === "Rate";

const carriers: Record<string, string> = { esms: "SMS", kannel: "SMS", speedsms: "SMS", webhook: "Webhook", zalo: "Zalo", "zalo-oa": "Zalo OA" };

/** A carrier as people know it. */
export const carrierName = (carrier: string): string => carriers[carrier] ?? carrier;

/** Hồ Phú Ninh xả 100–400 m³/s từ 14:00 30/10. */
export function released({ name, notice }: Reservoir): string {
  if (!notice) return name;
  const discharge = notice.q_min === notice.q_max ? `${notice.q_max} m³/s` : `${notice.q_min}–${notice.q_max} m³/s`;
  return pick(`Hồ ${name} xả ${discharge} từ ${time(notice.starts_at)}`, `${name} reservoir releases ${discharge} from ${time(notice.starts_at)}`);
}

/** An alarm that rests on readings, so that its evidence can be graded. */
export const isMeasured = (alarm: Alarm): boolean => isFlood(alarm) && alarm.cause !== "Release";

/** Who decided, as people read it: what a rule decided by itself says so. */
export const deciderName = (who: string): string => (who === "auto" ? pick("tự động", "by rule") : who);

const quantities: Record<string, [string, string]> = {
  stage: ["mực nước", "stage"],
  rain: ["mưa", "rain"],
  battery: ["pin", "battery"],
  rssi: ["sóng", "signal"],
  clients: ["máy đang nối", "clients"],
  cpu: ["CPU", "CPU"],
  memory: ["bộ nhớ", "memory"],
  channel_use: ["kênh bận", "channel use"],
  uptime: ["chạy liên tục", "up for"],
  fps: ["hình/giây", "frames/s"],
  people: ["người", "people"],
  tamper: ["bị che", "tampered"],
};

export const quantityName = (quantity: string): string => pick(...(quantities[quantity] ?? ([quantity, quantity] as [string, string])));

/** A measured value without its name: a stage in metres, a long time in days, yes or no for what is one or the other. */
export function valueOf({ quantity, unit, value }: { quantity: string; unit: string; value: number }): string {
  if (quantity === "rain") return `${number(value, 1)} ${unit}`;
  if (unit === "mm") return `${number(value / 1000, 2)} m`;
  if (unit === "s" && value >= 86_400) return `${number(Math.floor(value / 86_400))} ${pick("ngày", "days")}`;
  if (unit === "s") return `${number(value / 3600, 1)} ${pick("giờ", "h")}`;
  if (quantity === "tamper") return value === 0 ? pick("không", "no") : pick("có", "yes");
  const digits = Number.isInteger(value) ? 0 : unit === "V" ? 2 : 1;
  return `${number(value, digits)}${unit === "1" || unit.startsWith("{") ? "" : ` ${unit}`}`;
}
