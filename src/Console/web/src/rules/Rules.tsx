import { useLoad } from "../parts/load";
import { Switch } from "../parts/Switch";
import { to } from "../shell/route";
import { Backtest } from "./Backtest";
import { InForce } from "./InForce";
import "./rules.css";
import type { InForce as Is } from "./sentences";
import { Trials } from "./Trials";
import { word } from "./words";

/** What is in force; how rules on trial do beside it; and what those in force would have said of the past. An address may also name a rule to look at. */
export function Rules({ id }: { id: string | null }) {
  const { is: site, wrong } = useLoad<Is>("/api/rules");
  const is = id === "backtest" || id === "trials" ? id : "inForce";
  return (
    <div class="stack rules-screen">
      <div class="head">
        <h1>{word("title")}</h1>
        <Switch label={word("title")} is={is} of={[["inForce", word("inForce"), to("rules")], ["trials", word("trials"), to("rules", "trials")], ["backtest", word("backtest"), to("rules", "backtest")]]} />
      </div>
      {!site ? <p class={wrong ? "note bad" : "empty"}>{wrong ?? "…"}</p>
        : is === "backtest" ? <Backtest site={site} />
        : is === "trials" ? <Trials site={site} />
        : <InForce site={site} id={id} />}
    </div>
  );
}
