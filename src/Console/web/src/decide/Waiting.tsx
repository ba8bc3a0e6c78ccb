import { useState } from "preact/hooks";
import { useDesk, useLink, useNow } from "../desk/context";
import type { Proposal } from "../desk/desk";
import type { Area } from "../parts/areas";
import { askFor } from "../parts/Ask";
import { Kind, kindOf } from "../parts/Kind";
import { Level } from "../parts/Level";
import { load } from "../parts/load";
import { type Sent, send } from "../parts/send";
import { Trend } from "../parts/Trend";
import { to } from "../shell/route";
import { duration, metres, near, number, secondsBetween, time } from "../words/format";
import { pick } from "../words/language";
import { carrierName, levelName, shortLevel } from "../words/names";
import { Left } from "./Decide";
import { Edit } from "./Edit";
import { Safe } from "./Safe";
import { Texts } from "./Texts";
import { dong, personName, timeUp, word } from "./words";

/** One proposal that waits: what it would do and why, and the buttons that decide. */
export function Waiting({ proposal, areas }: { proposal: Proposal; areas: Area[] | null }) {
  const now = useNow();
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const isLost = useLink() === "lost";
  const left = proposal.decide_by === null ? null : secondsBetween(now, proposal.decide_by);
  const missing = proposal.persons - proposal.approved_by.length;
  const people = proposal.reach?.people ?? 0;
  const many = `${number(people)} ${word("people")}`;

  /** Of two who decide the second is told who was first, and the page goes on. */
  const settle = async (answer: Sent): Promise<string | null> => {
    if (!("wrong" in answer)) return null;
    if (answer.status !== 409) return answer.wrong;
    const [found] = await load<Proposal[]>(`/api/proposals?count=1&before=${proposal.id + 1}`).catch(() => [] as Proposal[]);
    setSaid(!found || found.id !== proposal.id ? answer.wrong
      : found.state === "Waiting" ? word("firstSame")
      : `${word("first")} ${personName(found.decided_by)}, ${found.decided_at ? time(found.decided_at) : ""}: ${word(found.state)}.`);
    return null;
  };
  const approve = () => askFor({
    title: missing > 1 ? pick(`Duyệt tin gửi ${many}?`, `Approve a bulletin to ${many}?`) : pick(`Gửi tin này tới ${many}?`, `Send this to ${many}?`),
    text: `${kindOf(proposal.kind, proposal.level)} · ${proposal.station_name}. ${missing > 1
      ? pick("Cần thêm một người khác duyệt thì tin mới được gửi.", "It is sent when one more person has approved.")
      : pick("Tin được gửi ngay.", "It goes at once.")}`,
    action: missing > 1 ? pick("Duyệt", "Approve") : pick(`Gửi ${many}`, `Send to ${many}`),
    named: true,
    does: async ({ who }) => settle(await send(`/api/proposals/${proposal.id}/approve`, { who })),
  });
  const decline = () => askFor({
    title: `${word("decline")}: ${kindOf(proposal.kind, proposal.level)} · ${proposal.station_name}`,
    text: word("declineText"),
    fields: [{ name: "reason", label: word("whyNot"), maxLength: 500 }],
    action: word("decline"),
    isDanger: true,
    named: true,
    does: async ({ who, reason }) => settle(await send(`/api/proposals/${proposal.id}/decline`, { who, reason })),
  });

  return (
    <article class="waiting stack" aria-labelledby="chosen">
      <section class={`card risk level-${proposal.level} stack top-card`}>
        <div class="head">
          <h2 id="chosen"><Kind of={proposal} /> {proposal.station_name} <span class="soft">{proposal.rule_name}</span></h2>
          {left !== null && <Left seconds={left} />}
        </div>
        <p>
          {proposal.decide_by ? <>{word("dueBy")} <strong>{near(proposal.decide_by, now)}</strong>; {timeUp(proposal)}.</> : <>{word("noDue")} <strong>{near(proposal.not_after, now)}</strong>.</>}{" "}
          <span class="soft">{word(proposal.decider === "Supervisor" ? "bySupervisor" : "byOfficer")}.</span>
        </p>
        {proposal.persons > 1 && (
          <p class="note" role="status">
            <strong>{word(proposal.approved_by.length > 0 ? "oneMore" : "needsTwo")}.</strong>
            {proposal.approved_by.length > 0 && <> {word("approvedBy")} {proposal.approved_by.join(", ")}.</>}
          </p>
        )}
        {proposal.kind === "Warning" && rank[proposal.level_now] < rank[proposal.level] && (
          <p class="note">{word("fallen")}: {word("levelNow")} {shortLevel(proposal.level_now)}.</p>
        )}
        {said && <p class="note bad" role="alert">{said}</p>}
      </section>
      <div class={`card risk level-${proposal.level} actions acts`}>
        <button type="button" class="primary" disabled={isLost} onClick={approve}>
          {missing > 1 ? pick("Duyệt", "Approve") : word("approve")} · {many}
        </button>
        <button type="button" aria-expanded={editing} onClick={() => setEditing(!editing)}>{word("edit")}</button>
        <button type="button" class="danger" disabled={isLost} onClick={decline}>{word("decline")}</button>
      </div>
      {editing && <Edit key={JSON.stringify([proposal.slots, proposal.areas])} proposal={proposal} areas={areas} onDone={() => setEditing(false)} settle={settle} />}
      <Safe proposal={proposal} />
      <Texts proposal={proposal} />
      <div class="columns">
        <Evidence proposal={proposal} />
        <Whom proposal={proposal} areas={areas} />
        <section class="card stack">
          <h3>{word("called")}</h3>
          {proposal.called.length === 0 ? <p class="soft">{word("nobodyCalled")}</p> : (
            <ul class="plain">
              {proposal.called.map((call) => (
                <li key={`${call.name}${call.called_at}`}>
                  <strong>{call.name}</strong> <span class="soft">{call.phone} · {near(call.called_at, now)}</span> ·{" "}
                  {call.acknowledged_at ? <span class="good">{word("answered")} {near(call.acknowledged_at, now)}</span> : <span>{word("silent")}</span>}
                </li>
              ))}
            </ul>
          )}
          <dl class="facts">
            <dt>{word("asked")}</dt><dd>{time(proposal.proposed_at)}</dd>
            <dt>{word("validUntil")}</dt><dd>{time(proposal.not_after)}</dd>
          </dl>
        </section>
      </div>
    </article>
  );
}

const rank = { None: 0, I: 1, II: 2, III: 3 };

function Evidence({ proposal }: { proposal: Proposal }) {
  const desk = useDesk();
  const station = desk.stations.find((one) => one.id === proposal.station);
  return (
    <section class="card stack">
      <h3>{word("why")}</h3>
      <p>{proposal.because_vi ? pick(proposal.because_vi, proposal.because_en) : `${word("rule")} “${proposal.rule_name}”: ${word("ruleAsks")}`}.</p>
      <h3>{word("evidence")}</h3>
      <dl class="facts">
        {proposal.grade && proposal.kind === "Warning" && <><dt>{word("grade")}</dt><dd>{word(proposal.grade)}</dd></>}
        {station && (
          <>
            <dt>{word("stage")}</dt>
            <dd>{station.stage_m === null ? "–" : <strong>{metres(station.stage_m)}</strong>} {station.relation_vi && `(${pick(station.relation_vi, station.relation_en)})`}</dd>
            {station.rate_m_per_h !== null && <><dt>{word("rate")}</dt><dd><Trend rate={station.rate_m_per_h} /></dd></>}
            {station.measured_at && <><dt>{word("measured")}</dt><dd>{time(station.measured_at)}</dd></>}
            <dt>{word("levelNow")}</dt><dd><Level is={station.level} /></dd>
            <dt>{word("forecast")}</dt>
            <dd>
              {station.forecast
                ? <>{levelName(station.forecast.level)} {near(station.forecast.from, desk.now)}–{station.forecast.to ? near(station.forecast.to, desk.now) : "…"} ({number(station.forecast.probability * 100)} %)</>
                : word("noForecast")}
            </dd>
          </>
        )}
      </dl>
      {station && <p><a href={to("station", proposal.station)}>{word("lookStation")} {station.name} →</a></p>}
    </section>
  );
}

function Whom({ proposal, areas }: { proposal: Proposal; areas: Area[] | null }) {
  const now = useNow();
  const all = areas?.filter((area) => area.stations.includes(proposal.station) || proposal.areas.includes(area.ward_code)) ?? [];
  const { reach } = proposal;
  return (
    <section class="card stack">
      <h3>{word("whom")}</h3>
      {reach && (
        <dl class="facts">
          <dt>{word("whom")}</dt>
          <dd><strong>{number(reach.people)} {word("people")}</strong>: {reach.carriers.map(({ carrier, people }) => `${carrierName(carrier)} ${number(people)}`).join(" · ")}</dd>
          <dt>{word("takes")}</dt><dd>{duration(reach.seconds)} ({word("at")} {near(now + reach.seconds * 1000, now)})</dd>
          <dt>{word("price")}</dt><dd>{reach.price === null ? word("noPrice") : dong(reach.price)}</dd>
        </dl>
      )}
      {reach && reach.over_budget > 0 && <p class="note">{number(reach.over_budget)} {word("overBudget")}.</p>}
      <table>
        <thead><tr><th scope="col">{word("ward")}</th><th scope="col" class="number">{word("inRoster")}</th></tr></thead>
        <tbody>
          {all.map((area) => {
            const isIn = proposal.areas.includes(area.ward_code);
            return <tr key={area.ward_code} class={isIn ? "" : "soft"}><td>{area.name}{!isIn && ` · ${word("untold")}`}</td><td class="number">{number(area.recipients)}</td></tr>;
          })}
        </tbody>
      </table>
    </section>
  );
}
