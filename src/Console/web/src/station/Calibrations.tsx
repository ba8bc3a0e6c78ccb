import { may } from "../accounts/session";
import type { Station } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { send } from "../parts/send";
import { fromField, metres, time, toField } from "../words/format";
import { signed, type StaffReading } from "./Staff";
import { word } from "./words";

/** What is added to the stage that a gauge sends, since when, and the staff reading that proves it. */
export interface Calibration {
  id: number;
  device: string;
  from: string;
  /** Added to what the gauge sends. */
  offset_m: number;
  staff_reading: number;
  read_at: string;
  staff_m: number;
  /** What it sent when the staff was read, with nothing added. */
  gauge_m: number;
  note: string | null;
  entered_at: string;
  entered_by: string;
  ended_at: string | null;
  ended_by: string | null;
}

const dayMs = 86_400_000;

/** How the station's gauge was calibrated, the newest first; what was ended stays to be read. */
export function Calibrations({ all, again }: { all: Calibration[]; again: () => void }) {
  if (all.length === 0) return null;
  return (
    <>
      <h3>{word("calibrations")}</h3>
      <ul class="plain-rows">
        {all.map((one) => (
          <li key={one.id}>
            <span class="grow">
              {one.ended_at ? <s>{signed(one.offset_m)} cm</s> : <strong>{signed(one.offset_m)} cm</strong>} · {word("since")} {time(one.from)} · {one.entered_by}
              <small class="line">
                {word("staff")} {metres(one.staff_m)}, {word("gaugeSent")} {metres(one.gauge_m)} ({time(one.read_at)}){one.note && ` · ${one.note}`}
                {one.ended_at && ` · ${word("endedBy")} ${one.ended_by}, ${time(one.ended_at)}`}
              </small>
            </span>
            {!one.ended_at && may("Technician") && <button type="button" class="quiet no-print" aria-label={`${word("endCalibration")}: ${signed(one.offset_m)} cm, ${time(one.from)}`} onClick={() => end(one, again)}>{word("endCalibration")}</button>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Asks since when the gauge is off, and calibrates it by a staff reading. */
export const calibrate = (station: Station, by: StaffReading, again: () => void) => askFor({
  title: `${word("calibrate")}: ${station.name}`,
  text: `${word("staff")} ${metres(by.metres)}, ${word("gaugeSaid").toLowerCase()} ${metres(by.gauge_m!)}. ${signed(-by.difference_m!)} cm ${word("willBeAdded")}`,
  action: word("calibrate"), isDanger: true, named: true,
  fields: [
    { name: "from", label: word("offSince"), kind: "datetime-local", value: toField(new Date(by.read_at).getTime() - dayMs), max: toField(by.read_at), hint: word("offSinceHint") },
    { name: "note", label: word("note"), kind: "textarea", optional: true, maxLength: 500 },
  ],
  does: async ({ from, note, who }) => {
    const answer = await send(`/api/staff/${by.id}/calibrate`, { from: fromField(from ?? ""), note, who });
    if ("wrong" in answer) return answer.wrong;
    again();
    return null;
  },
});

const end = (one: Calibration, again: () => void) => askFor({
  title: `${word("endCalibration")}: ${signed(one.offset_m)} cm`, text: word("endCalibrationText"), action: word("endCalibration"), isDanger: true, named: true,
  does: async ({ who }) => {
    const answer = await send(`/api/calibrations/${one.id}/end`, { who });
    if ("wrong" in answer) return answer.wrong;
    again();
    return null;
  },
});
