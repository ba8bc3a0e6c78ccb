import type { Alarm, Desk, Device } from "../desk/desk";
import { age, secondsBetween } from "../words/format";
import { alarmName, isFlood, quantityName } from "../words/names";
import { word } from "./words";

/** Something about a device that a person should look at; the weightier first. */
export interface Need {
  weight: number;
  says: string;
}

const oldAfter: Record<Device["kind"], number> = { Gauge: 1800, AccessPoint: 3600, Camera: 3600 };
/** dBm; below it a mast or an antenna wants looking at. */
const weakBelow = -105;

/** Open alarms about a device, or about what it measures. */
export const alarmsOf = (desk: Desk, device: Device): Alarm[] =>
  desk.alarms.filter((one) => !one.ended_at && !isFlood(one) && (one.subject === device.id || (device.kind === "Gauge" && one.subject === device.station && one.cause !== "Combination")));

export const workOn = (desk: Desk, device: Device) =>
  desk.maintenance.filter((one) => one.subject === device.id || (device.station !== null && one.subject === device.station));

export const isWorkedOn = (desk: Desk, device: Device): boolean => workOn(desk, device).some((one) => one.from <= desk.now && desk.now < one.until);

export function needsOf(desk: Desk, device: Device): Need[] {
  const needs: Need[] = [];
  const need = (weight: number, says: string) => needs.push({ weight, says });
  if (device.online === false) need(100, word("offline"));
  if (device.received_at === null) need(60, word("never"));
  else if (secondsBetween(device.received_at, desk.now) > oldAfter[device.kind]) need(80, `${word("old")}: ${age(device.received_at, desk.now)}`);
  for (const alarm of alarmsOf(desk, device)) need(alarm.quiet === "Shelved" ? 20 : 90, alarmName(alarm));
  for (const { quantity, flag, value } of device.values) {
    if (flag === "Fail") need(70, `${quantityName(quantity)} ${word("fail")}`);
    else if (flag === "Suspect") need(50, `${quantityName(quantity)} ${word("suspect")}`);
    if (quantity === "rssi" && value < weakBelow) need(40, `${word("weak")} (${value} dBm)`);
  }
  if (device.rejections > 0) need(30, `${device.rejections} ${word("rejected")}`);
  if (device.unknown_fields > 0) need(5, `${device.unknown_fields} ${word("unknown")}`);
  return needs.sort((a, b) => b.weight - a.weight);
}
