import type { Desk, Maintenance } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { send } from "../parts/send";
import { fromField } from "../words/format";
import { word } from "./words";

const hour = 3_600_000;

/** Asks what is done where, and for how long; at one place or at one to be chosen. */
export function beginMaintenance(desk: Desk, subject?: string) {
  const places: [string, string][] = [...desk.stations, ...desk.devices].map(({ id, name }) => [id, name]);
  askFor({
    title: subject ? `${word("maintain")}: ${places.find(([id]) => id === subject)?.[1] ?? subject}` : word("maintain"),
    text: word("maintainText"),
    action: word("maintain"),
    named: true,
    fields: [
      ...(subject ? [] : [{ name: "subject", label: word("where"), kind: "select" as const, options: places }]),
      { name: "reason", label: word("whatIsDone"), kind: "textarea", maxLength: 500 },
      { name: "hours", label: word("hours"), kind: "number", value: "2", min: 0.25, max: 168, step: 0.25 },
      { name: "from", label: word("from"), kind: "datetime-local", optional: true },
    ],
    does: async ({ who, reason, hours, from, subject: chosen }) => {
      const begins = from ? new Date(fromField(from)).getTime() : new Date(desk.now).getTime();
      const until = new Date(begins + Number(hours) * hour).toISOString();
      const answer = await send("/api/maintenance", { subject: subject ?? chosen, until, reason, who, ...(from ? { from: new Date(begins).toISOString() } : {}) });
      return "wrong" in answer ? answer.wrong : null;
    },
  });
}

export const endMaintenance = (work: Maintenance) => askFor({
  title: `${word("end")}: ${work.subject_name}`,
  text: word("endText"),
  action: word("end"),
  named: true,
  does: async ({ who }) => {
    const answer = await send(`/api/maintenance/${work.id}/end`, { who });
    return "wrong" in answer ? answer.wrong : null;
  },
});
