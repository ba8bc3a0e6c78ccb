import { may } from "../accounts/session";
import { useDesk } from "../desk/context";
import type { Station } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { send } from "../parts/send";
import { fromField, metres, number, time, toField } from "../words/format";
import { calibrate, type Calibration, Calibrations } from "./Calibrations";
import { word } from "./words";

/** What a person read off the staff gauge, and what the gauge said at that moment. */
export interface StaffReading {
  id: number;
  read_at: string;
  metres: number;
  note: string | null;
  entered_at: string;
  entered_by: string;
  gauge_m: number | null;
  /** The gauge less the staff; null where the gauge said nothing believable near that moment. */
  difference_m: number | null;
}

/** The stretch's staff readings, the newest first; a technician enters and strikes out. */
export function Staff({ station, all, calibrations, again }: { station: Station; all: StaffReading[]; calibrations: Calibration[]; again: () => void }) {
  const { now } = useDesk();
  const canWrite = may("Technician");
  return (
    <section class="card staff" aria-labelledby="staff">
      <div class="head">
        <h2 id="staff">{word("staff")}</h2>
        {canWrite && <button type="button" class="end no-print" onClick={() => enter(station, now, again)}>{word("enterStaff")}</button>}
      </div>
      {all.length === 0 ? <p class="soft">{word("noStaff")}</p> : (
        <ul class="plain-rows">
          {[...all].reverse().map((one) => (
            <li key={one.id}>
              <span class="grow">
                <strong>{metres(one.metres)}</strong> · {time(one.read_at)} · {one.entered_by}
                <small class="line">
                  {one.gauge_m === null ? word("noGauge") : `${word("gaugeSaid")} ${metres(one.gauge_m)} (${signed(one.difference_m!)} cm)`}{one.note && ` · ${one.note}`}
                </small>
              </span>
              {canWrite && !!one.difference_m && <button type="button" class="quiet no-print" aria-label={`${word("calibrate")}: ${metres(one.metres)}, ${time(one.read_at)}`} onClick={() => calibrate(station, one, again)}>{word("calibrate")}</button>}
              {canWrite && <button type="button" class="quiet no-print" aria-label={`${word("strike")}: ${metres(one.metres)}, ${time(one.read_at)}`} onClick={() => strike(one, again)}>{word("strike")}</button>}
            </li>
          ))}
        </ul>
      )}
      <Calibrations all={calibrations} again={again} />
      <p class="soft"><small>{word("staffText")}</small></p>
    </section>
  );
}

export const signed = (difference: number): string => `${difference > 0 ? "+" : difference < 0 ? "−" : "±"}${number(Math.abs(difference) * 100, 1)}`;

const enter = (station: Station, now: string, again: () => void) => askFor({
  title: `${word("enterStaff")}: ${station.name}`, text: word("staffText"), action: word("enterStaff"), named: true,
  fields: [
    { name: "at", label: word("readAt"), kind: "datetime-local", value: toField(now), max: toField(now) },
    { name: "metres", label: word("staffMetres"), kind: "number", min: -100, max: 100, step: 0.001 },
    { name: "note", label: word("note"), kind: "textarea", optional: true, maxLength: 500 },
  ],
  does: async ({ at, metres: height, note, who }) => {
    const answer = await send(`/api/stations/${encodeURIComponent(station.id)}/staff`, { at: fromField(at ?? ""), metres: Number(height), note, who });
    if ("wrong" in answer) return answer.wrong;
    again();
    return null;
  },
});

const strike = (one: StaffReading, again: () => void) => askFor({
  title: `${word("strike")}: ${metres(one.metres)}, ${time(one.read_at)}`, text: word("strikeText"), action: word("strike"), isDanger: true, named: true,
  does: async ({ who }) => {
    const answer = await send(`/api/staff/${one.id}/strike`, { who });
    if ("wrong" in answer) return answer.wrong;
    again();
    return null;
  },
});
