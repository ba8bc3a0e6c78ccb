import { useState } from "preact/hooks";
import { may } from "../accounts/session";
import { useDesk } from "../desk/context";
import { useEvery } from "../parts/every";
import { useLoad } from "../parts/load";
import { send } from "../parts/send";
import { clock, fromField, number, toField } from "../words/format";
import type { Run } from "./run";
import { Outcome } from "./Outcome";
import type { InForce } from "./sentences";
import { word } from "./words";

const usualMs = 30 * 86_400_000;
const mostTruth = 45_000;
const lookEveryMs = 700;

/** Runs the rules in force over a stretch of the archive, and shows what they would have said. */
export function Backtest({ site }: { site: InForce }) {
  const [isOn, setOn] = useState(false);
  const looked = useEvery(lookEveryMs, isOn);
  const { is, wrong, again } = useLoad<{ run: Run | null }>("/api/backtests/last", looked);
  const run = is?.run ?? null;
  if (isOn !== (run?.state === "Running")) setOn(run?.state === "Running");
  return (
    <>
      <p class="soft">{word("tryText")}</p>
      {may("Officer") ? <Ask isOn={isOn} last={run} onBegun={again} /> : <p class="note">{word("tryNotYours")}</p>}
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is && !run && <p class="empty">{word("tryNone")}</p>}
      {run && <Shown key={run.id} run={run} site={site} onStopped={again} />}
    </>
  );
}

function Ask({ isOn, last, onBegun }: { isOn: boolean; last: Run | null; onBegun: () => void }) {
  const { now } = useDesk();
  const [begins] = useState(() => toField(last?.from ?? new Date(now).getTime() - usualMs));
  const [ends] = useState(() => toField(now));
  const [truth, setTruth] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const choose = async (file: File | undefined) => {
    setWrong(file && file.size > mostTruth ? word("tryTooLong") : null);
    setTruth(file && file.size <= mostTruth ? await file.text() : null);
  };
  const begin = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const tolerance = Number(given.get("tolerance") ?? 60);
    setBusy(true);
    const sent = await send("/api/backtests", { from: fromField(String(given.get("from"))), to: fromField(String(given.get("to"))), truth, tolerance_s: tolerance * 60 });
    setBusy(false);
    setWrong("wrong" in sent ? sent.wrong : null);
    onBegun();
  };
  return (
    <form class="card fields no-print" onSubmit={(event) => void begin(event)}>
      <label>{word("tryFrom")}<input type="datetime-local" name="from" required defaultValue={begins} /></label>
      <label>{word("tryTo")}<input type="datetime-local" name="to" required defaultValue={ends} /></label>
      <label>{word("tryTruth")}<input type="file" accept=".csv,text/csv" aria-describedby="truth-hint" onChange={(event) => void choose(event.currentTarget.files?.[0])} /></label>
      {truth !== null && <label>{word("tryTolerance")}<input type="number" name="tolerance" min={0} max={10_080} defaultValue={60} /></label>}
      <div class="actions"><button type="submit" class="primary" disabled={isOn || busy}>{word("tryRun")}</button></div>
      <small id="truth-hint" class="whole">{word("tryTruthHint")}</small>
      {wrong && <p class="note bad whole" role="alert">{wrong}</p>}
    </form>
  );
}

function Shown({ run, site, onStopped }: { run: Run; site: InForce; onStopped: () => void }) {
  const stretch = `${clock(run.from)} – ${clock(run.to)}${run.who ? ` · ${word("tryBy")} ${run.who}` : ""}`;
  if (run.state === "Done") return <Outcome run={run} site={site} stretch={stretch} />;
  if (run.state !== "Running") return <p class={run.wrong ? "note bad" : "note"} role="status">{stretch}: {run.wrong ?? word("tryStopped")}</p>;
  const share = Math.round(run.share * 100);
  return (
    <section class="card stack tight" aria-labelledby="on">
      <h2 id="on">{word("tryOn")}</h2>
      <p>{stretch}</p>
      <progress max={100} value={share} aria-label={word("tryOn")}>{share}%</progress>
      <p class="soft"><span>{share}%</span> · {number(run.readings)} {word("readings").toLowerCase()}</p>
      {may("Officer") && <div class="actions"><button type="button" class="danger" onClick={() => void send(`/api/backtests/${run.id}/stop`).then(onStopped)}>{word("tryStop")}</button></div>}
    </section>
  );
}
