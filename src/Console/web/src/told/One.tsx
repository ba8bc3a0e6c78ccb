import { useDesk, useLink } from "../desk/context";
import type { Broadcast, DeliveryState } from "../desk/desk";
import { areaName, useAreas } from "../parts/areas";
import { askFor } from "../parts/Ask";
import { useEvery } from "../parts/every";
import { Kind, kindOf } from "../parts/Kind";
import { useLoad } from "../parts/load";
import { reason } from "../parts/reasons";
import { Scroll } from "../parts/Scroll";
import { send } from "../parts/send";
import { to } from "../shell/route";
import { near, number, time } from "../words/format";
import { pick } from "../words/language";
import { carrierName, stateName } from "../words/names";
import { Progress } from "./Broadcasts";
import { Missed } from "./Missed";
import { whoDecided, word } from "./words";

interface Ward {
  ward_code: string;
  ward: string;
  people: number;
  told: number;
  delivered: number;
  seen: number;
  replaced: number;
  held: number;
  over_budget: number;
  last_accepted_at: string | null;
}

interface Failure {
  carrier: string;
  code: string | null;
  answer: string | null;
  deliveries: number;
  passed_on: number;
}

/** One broadcast: how far it is, ward by ward and carrier by carrier, why it failed, and whom it missed. */
export function One({ id }: { id: number }) {
  const desk = useDesk();
  const live = desk.broadcasts.find((one) => one.id === id);
  const isRunning = (live?.progress?.waiting ?? 0) > 0;
  const tick = useEvery(5000, isRunning);
  // What is too old for the desk is asked for.
  const old = useLoad<Broadcast[]>(live ? null : `/api/broadcasts?count=1&before=${id + 1}`);
  const one = live ?? old.is?.find((found) => found.id === id);
  const reasons = [tick, isRunning, one?.stopped_at ?? null];
  if (!one) return old.wrong ? <p class="note bad" role="alert">{old.wrong}</p> : old.is ? <p class="empty">{word("notFound")}</p> : null;
  return (
    <article class="one stack" aria-labelledby="one">
      <Top one={one} isRunning={isRunning} />
      <section class="card stack" aria-labelledby="by-carrier">
        <h3 id="by-carrier">{word("byCarrier")}</h3>
        {one.carriers.map((carrier) => <Bar key={carrier.carrier} of={carrier} />)}
      </section>
      <div class="pair">
        <Wards id={id} reasons={reasons} />
        <Failures id={id} reasons={reasons} />
      </div>
      <Missed one={one} reasons={reasons} />
    </article>
  );
}

function Top({ one, isRunning }: { one: Broadcast; isRunning: boolean }) {
  const desk = useDesk();
  const isLost = useLink() === "lost";
  const areas = useAreas();
  const { progress } = one;
  const stop = () => askFor({
    title: `${word("stop")}? ${kindOf(one.kind, one.level)} · ${one.station_name}`,
    text: word("stopText"),
    fields: [{ name: "reason", label: word("whyStop"), maxLength: 500 }],
    action: word("stop"),
    isDanger: true,
    named: true,
    does: async ({ who, reason: why }) => {
      const answer = await send(`/api/broadcasts/${one.id}/stop`, { who, reason: why });
      return !("wrong" in answer) ? null : answer.status === 409 ? `${word("stopFirst")} ${answer.wrong}` : answer.wrong;
    },
  });
  return (
    <section class={`card stack ${one.kind === "Warning" ? `risk level-${one.level}` : ""}`}>
      <div class="head">
        <h2 id="one"><Kind of={one} /> {one.station_name} <span class="soft">{word("bulletin")} {one.id} · {one.rule_name}</span></h2>
        <a class="end no-print" href={to("told")}>{word("back")}</a>
      </div>
      <p>{time(one.decided_at)} · {word("by")} <strong>{whoDecided(one.decided_by)}</strong> · {one.areas.map((code) => areaName(areas.is, code)).join(", ")}</p>
      <p class="how" role="status"><Progress of={one} now={desk.now} /></p>
      {isRunning && progress && (
        <p class="soft">
          {number(progress.per_second, 1)} {word("perSecond")}{progress.ahead > 0 && ` · ${number(progress.ahead)} ${word("ahead")}`} · {word("validUntil")} {near(one.not_after, desk.now)}
        </p>
      )}
      {one.stopped_at && <p class="note bad">{word("stopped")} {time(one.stopped_at)} · {one.stopped_by}{one.stop_reason && ` · ${word("reason")}: ${one.stop_reason}`}</p>}
      <dl class="said">
        <dt>{word("text")}</dt><dd lang={pick("vi", "en")}>{pick(one.text_vi, one.text_en)}</dd>
        <dt>SMS · {one.sms_segments} {word("segments")}</dt><dd lang="vi">{one.sms_vi}</dd>
      </dl>
      {isRunning && !one.stopped_at && <div class="actions"><button type="button" class="danger" disabled={isLost} onClick={stop}>{word("stop")}</button></div>}
    </section>
  );
}

const order: DeliveryState[] = ["seen", "delivered", "accepted", "handed_over", "planned", "failed", "passed_on", "expired", "replaced", "held", "stopped"];

/** One carrier's deliveries as a bar, and the same in words. */
function Bar({ of: { carrier, counts } }: { of: Broadcast["carriers"][number] }) {
  const shown = order.filter((state) => (counts[state] ?? 0) > 0);
  const total = shown.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return (
    <div class="carrier">
      <strong>{carrierName(carrier)}</strong>
      <span class="bar" aria-hidden="true">{shown.map((state) => <span key={state} class={`part ${state}`} style={{ flexGrow: counts[state] ?? 0 }} />)}</span>
      <ul class="states">
        {shown.map((state) => <li key={state}><span class={`key ${state}`} aria-hidden="true" /> <strong>{number(counts[state] ?? 0)}</strong> {stateName(state)}</li>)}
        <li class="soft">{word("total")} {number(total)}</li>
      </ul>
    </div>
  );
}

function Wards({ id, reasons }: { id: number; reasons: unknown[] }) {
  const { now } = useDesk();
  const { is, wrong } = useLoad<Ward[]>(`/api/broadcasts/${id}/wards`, ...reasons);
  const others = is?.some((ward) => ward.replaced + ward.held > 0) ?? false;
  const budget = is?.some((ward) => ward.over_budget > 0) ?? false;
  return (
    <section class="card stack" aria-labelledby="by-ward">
      <h3 id="by-ward">{word("byWard")}</h3>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is?.length === 0 && <p class="soft">{word("noWards")}</p>}
      {is && is.length > 0 && (
        <Scroll label={word("byWard")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{word("ward")}</th><th scope="col" class="number">{word("people")}</th><th scope="col">{word("told")}</th><th scope="col" class="number">{word("delivered")}</th>
                <th scope="col" class="number">{word("seen")}</th>
                {others && <th scope="col" class="number">{word("instead")}</th>}
                {budget && <th scope="col" class="number">{word("overBudget")}</th>}
                <th scope="col" class="number">{word("lastAt")}</th>
              </tr>
            </thead>
            <tbody>
              {is.map((ward) => (
                <tr key={ward.ward_code}>
                  <th scope="row">{ward.ward}</th>
                  <td class="number">{number(ward.people)}</td>
                  <td><span class="share"><progress max={Math.max(ward.people, 1)} value={ward.told} aria-hidden="true" /> {number(ward.told)} ({percent(ward.told, ward.people)})</span></td>
                  <td class="number">{number(ward.delivered)}</td>
                  <td class="number">{number(ward.seen)}</td>
                  {others && <td class="number">{number(ward.replaced + ward.held)}</td>}
                  {budget && <td class="number">{number(ward.over_budget)}</td>}
                  <td class="number">{ward.last_accepted_at ? near(ward.last_accepted_at, now) : "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

/** Never 100 % while somebody is missing. */
const percent = (part: number, whole: number): string => `${whole === 0 ? 0 : part === whole ? 100 : Math.min(Math.round((part / whole) * 100), 99)} %`;

function Failures({ id, reasons }: { id: number; reasons: unknown[] }) {
  const { is, wrong } = useLoad<Failure[]>(`/api/broadcasts/${id}/failures`, ...reasons);
  return (
    <section class="card stack" aria-labelledby="failures">
      <h3 id="failures">{word("failures")}</h3>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is?.length === 0 && <p class="soft">{word("noFailures")}</p>}
      {is && is.length > 0 && (
        <Scroll label={word("failures")}>
          <table>
            <thead><tr><th scope="col">{word("cause")}</th><th scope="col" class="number">{word("count")}</th><th scope="col" class="number">{word("passedOn")}</th></tr></thead>
            <tbody>
              {is.map((failure) => (
                <tr key={`${failure.carrier} ${failure.code}`}>
                  <td>{carrierName(failure.carrier)}: {failure.answer ? reason(failure.answer) : word("unsaid")} {failure.code && <span class="soft">({word("code")} {failure.code})</span>}</td>
                  <td class="number">{number(failure.deliveries)}</td>
                  <td class="number">{number(failure.passed_on)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
