import { to, useRoute } from "../shell/route";
import { Broadcasts } from "./Broadcasts";
import { Carriers } from "./Carriers";
import { Debts } from "./Debts";
import { One } from "./One";
import { Resident } from "./Resident";
import "./told.css";
import { word } from "./words";

const views = ["", "resident", "debts", "carriers"] as const;

/** Who was told what: broadcasts, one resident, all-clears that are owed, and how it stands with the carriers. */
export function Told({ id }: { id: string | null }) {
  const { query } = useRoute();
  const number = Number(id);
  const here = views.find((view) => view === id) ?? "";
  return (
    <div class="told stack">
      <div class="head no-print"><h1>{word("title")}</h1></div>
      <nav class="views no-print" aria-label={word("views")}>
        {views.map((view) => (
          <a key={view} class="button" href={view ? to("told", view) : to("told")} aria-current={view === here ? "page" : undefined}>{word(view || "broadcasts")}</a>
        ))}
      </nav>
      {here === "resident" ? <Resident query={query} />
        : here === "debts" ? <Debts />
        : here === "carriers" ? <Carriers />
        : id !== null && Number.isInteger(number) && number > 0 ? <One key={number} id={number} />
        : <Broadcasts />}
    </div>
  );
}
