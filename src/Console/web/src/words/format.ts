/** Times, numbers and lengths of time as they are read here. Everything is shown in Vietnam's time, wherever the browser stands. */

import { language, pick } from "./language";

const zone = "Asia/Ho_Chi_Minh";
const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric", hourCycle: "h23" });

const partsOf = (at: string | number) => Object.fromEntries(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value])) as Record<string, string>;

/** 22:20 29/10, of an ISO time or epoch milliseconds: the same in both languages. */
export function time(at: string | number): string {
  const part = partsOf(at);
  return `${part.hour}:${part.minute} ${part.day}/${part.month}`;
}

/** 22:20 */
export function hour(at: string | number): string {
  const part = partsOf(at);
  return `${part.hour}:${part.minute}`;
}

/** 22:20 when it is of the same day as another moment, else 22:20 29/10. */
export const near = (at: string | number, to: string | number): string => (day(at) === day(to) ? hour(at) : time(at));

/** 29/10/2025 */
export function day(at: string | number): string {
  const part = partsOf(at);
  return `${part.day}/${part.month}/${part.year}`;
}

/** T4 29/10/2025, 22:20 */
export const clock = (at: string | number): string =>
  `${new Intl.DateTimeFormat(language(), { timeZone: zone, weekday: "short" }).format(new Date(at))} ${day(at)}, ${hour(at)}`;

/** What a datetime-local field gives, as an ISO time; and the other way round. */
export const fromField = (value: string): string => `${value}:00+07:00`;
export function toField(at: string | number): string {
  const part = partsOf(at);
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

export const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** 1,69 m */
export const metres = (value: number, digits = 2): string => `${number(value, digits)} m`;

/** A length of time in the largest unit that says it well: 45 giây, 12 phút, 5 giờ, 3 ngày. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} ${pick("giây", "s")}`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} ${pick("phút", "min")}`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} ${pick("giờ", "h")}`;
  return `${Math.round(seconds / 86_400)} ${pick("ngày", "days")}`;
}

/** A length of time that a sum is made with, to the minute: 45 giây, 90 phút, 2 giờ 30 phút. */
export function span(seconds: number): string {
  if (seconds < 90) return duration(seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} ${pick("phút", "min")}`;
  return `${Math.floor(minutes / 60)} ${pick("giờ", "h")}${minutes % 60 > 0 ? ` ${minutes % 60} ${pick("phút", "min")}` : ""}`;
}

/** 4:12, or 1:04:12: what is left on a clock; with a minus when it is over. */
export function countdown(seconds: number): string {
  const left = Math.abs(Math.round(seconds));
  const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return `${seconds < 0 ? "−" : ""}${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}`;
}

export const secondsBetween = (from: string | number, to: string | number): number => (new Date(to).getTime() - new Date(from).getTime()) / 1000;

/** 5 phút trước */
export const age = (at: string | number, now: string | number): string => `${duration(Math.max(0, secondsBetween(at, now)))} ${pick("trước", "ago")}`;
