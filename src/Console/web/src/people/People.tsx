import { may } from "../accounts/session";
import { useLoad } from "../parts/load";
import { Switch } from "../parts/Switch";
import { to } from "../shell/route";
import { number } from "../words/format";
import { Duty } from "./Duty";
import "./people.css";
import { Roster } from "./Roster";
import { word } from "./words";

export interface Area {
  ward_code: string;
  name: string | null;
  recipients: number;
}

/** Who decides and when, and who is told. */
export function People({ id }: { id: string | null }) {
  const is = id === "roster" || id === "areas" ? id : "duty";
  return (
    <div class="stack">
      <div class="head">
        <h1>{word("title")}</h1>
        <Switch label={word("title")} is={is} of={[["duty", word("duty"), to("people")], ["roster", word("roster"), to("people", "roster")], ["areas", word("areas"), to("people", "areas")]]} />
      </div>
      {is === "duty" ? <Duty /> : is === "areas" ? <Areas /> : may("Officer") ? <Roster /> : <p class="note">{word("notYours")}</p>}
    </div>
  );
}

function Areas() {
  const { is: areas, wrong } = useLoad<Area[]>("/api/roster/areas");
  if (!areas) return <p class={wrong ? "note bad" : "empty"}>{wrong ?? "…"}</p>;
  const most = Math.max(1, ...areas.map((one) => one.recipients));
  return (
    <section class="card scroll" aria-label={word("areas")}>
      <table class="areas">
        <thead><tr><th scope="col">{word("ward")}</th><th scope="col" class="number">{word("people")}</th><th scope="col"><span class="out-of-sight">{word("people")}</span></th></tr></thead>
        <tbody>
          {areas.map((one) => (
            <tr key={one.ward_code}>
              <th scope="row"><a href={to("people", "roster", { ward: one.ward_code })}>{one.name ?? one.ward_code}</a>{one.name && <small> {one.ward_code}</small>}</th>
              <td class="number">{number(one.recipients)}</td>
              <td><meter min={0} max={most} value={one.recipients} aria-hidden="true" /></td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row">{word("total")}</th><td class="number"><strong>{number(areas.reduce((sum, one) => sum + one.recipients, 0))}</strong></td><td /></tr></tfoot>
      </table>
    </section>
  );
}
