import { may } from "../accounts/session";
import { useDesk } from "../desk/context";
import type { Maintenance } from "../desk/desk";
import { near } from "../words/format";
import { endMaintenance } from "./maintain";
import { word } from "./words";

/** Where people work, or will. */
export function Work({ all }: { all: Maintenance[] }) {
  const { now } = useDesk();
  if (all.length === 0) return <p class="soft">{word("noMaintenance")}</p>;
  return (
    <ul class="rows">
      {all.map((work) => (
        <li key={work.id}>
          <span class="grow">
            <strong>{work.subject_name}</strong> · {work.reason}
            <small class="line">{work.from > now && `${word("planned")} `}{near(work.from, now)} – {near(work.until, now)} · {work.entered_by}</small>
          </span>
          {may("Technician") && <button type="button" class="end" onClick={() => endMaintenance(work)}>{word("end")}</button>}
        </li>
      ))}
    </ul>
  );
}
