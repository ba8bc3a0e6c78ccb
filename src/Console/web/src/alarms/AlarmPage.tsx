import { may } from "../accounts/session";
import { useDesk } from "../desk/context";
import type { Alarm, Level as Is } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { type Deed, Deeds } from "../parts/Audit";
import { useEvery } from "../parts/every";
import { Level } from "../parts/Level";
import { load, useLoad } from "../parts/load";
import { send } from "../parts/send";
import { to } from "../shell/route";
import { duration, metres, time } from "../words/format";
import { pick } from "../words/language";
import { alarmName, isFlood } from "../words/names";
import { word } from "./words";

interface Detail {
  alarm: Alarm;
  may_be_shelved: boolean;
  shelf: { until: string; reason: string; shelved_by: string } | null;
  comments: { id: number; at: string; who: string; text: string }[];
  bulletins: { id: number; kind: "Warning" | "AllClear" | "Announcement"; level: Is; decided_at: string; decided_by: string }[];
}

const hour = 3600;
const shelfTimes = [hour, 4 * hour, 8 * hour, 24 * hour, 72 * hour, 168 * hour];

const said = async (path: string, body: object, then?: () => void) => {
  const answer = await send(path, body);
  if ("wrong" in answer) return answer.wrong;
  then?.();
  return null;
};

/** Asks whoever has seen an alarm. */
export const acknowledge = (alarm: Alarm, then?: () => void) => askFor({
  title: `${alarm.subject_name} · ${alarmName(alarm)}`,
  text: word("acknowledgeText"),
  fields: [{ name: "note", label: word("note"), kind: "textarea", optional: true, maxLength: 500 }],
  action: word("acknowledge"),
  named: true,
  does: ({ who, note }) => said(`/api/alarms/${alarm.id}/acknowledge`, { who, note: note || null }, then),
});

/** One alarm: what it is, what was done about it, what can be done now. */
export function AlarmPage({ id }: { id: string }) {
  const desk = useDesk();
  const known = desk.alarms.find((one) => String(one.id) === id);
  const every = useEvery(15_000);
  const detail = useLoad<Detail>(`/api/alarms/${id}`, every, known?.changed_at, known?.ended_at, known?.quiet, known?.acknowledged_at);
  const history = useLoad<Deed[]>(may("Officer") ? `/api/audit?subject=episode/${id}` : null, detail.is);
  const alarm = known ?? detail.is?.alarm;
  if (!alarm) return <section class="card"><p class="empty">{detail.wrong ?? "…"}</p><a href={to("alarms")}>{word("back")}</a></section>;
  const isOpen = alarm.ended_at === null;
  const flood = isFlood(alarm);
  const device = desk.devices.find((one) => one.id === alarm.subject);
  const station = device ? device.station : alarm.subject;
  const [again, path] = [detail.again, `/api/alarms/${id}`];

  const comment = () => askFor({
    title: word("comment"), named: true, action: word("comment"),
    fields: [{ name: "text", label: word("note"), kind: "textarea", maxLength: 500 }],
    does: ({ who, text }) => said(`${path}/comment`, { who, text }, again),
  });
  const assign = async () => {
    const officers = await load<{ name: string }[]>("/api/officers").catch(() => []);
    askFor({
      title: word("assign"), named: true, action: word("assign"),
      fields: [officers.length > 0
        ? { name: "to", label: word("to"), kind: "select", value: alarm.assigned_to ?? "", options: [["", word("nobody")], ...officers.map(({ name }): [string, string] => [name, name])], optional: true }
        : { name: "to", label: word("to"), value: alarm.assigned_to ?? "", optional: true, maxLength: 100 }],
      does: ({ who, to: name }) => said(`${path}/assign`, { who, to: name || null }, again),
    });
  };
  const shelve = () => askFor({
    title: word("shelve"), text: word("shelveText"), named: true, action: word("shelve"),
    fields: [
      { name: "seconds", label: word("howLong"), kind: "select", value: String(8 * hour), options: shelfTimes.map((one) => [String(one), duration(one)]) },
      { name: "reason", label: word("reason"), kind: "textarea", maxLength: 500 },
    ],
    does: ({ who, seconds, reason }) =>
      said(`${path}/shelve`, { who, reason, until: new Date(new Date(desk.now).getTime() + Number(seconds) * 1000).toISOString() }, again),
  });
  const unshelve = () => askFor({ title: word("unshelve"), named: true, action: word("unshelve"), does: ({ who }) => said(`${path}/unshelve`, { who }, again) });

  const { shelf = null, comments = [], bulletins = [], may_be_shelved: mayBeShelved = false } = detail.is ?? {};
  return (
    <article class={`card stack${flood ? ` risk level-${isOpen ? alarm.level : alarm.peak}` : ""}`} aria-labelledby="alarm">
      <div class="head">
        <h2 id="alarm">{alarm.subject_name}</h2>
        {flood ? <Level is={isOpen ? alarm.level : alarm.peak} says={alarmName(alarm)} /> : <span class="badge">{alarmName(alarm)}</span>}
        <a class="end" href={to("alarms")}>{word("back")}</a>
      </div>
      <dl class="facts">
        <dt>{word("rule")}</dt><dd><a href={to("rules", alarm.rule)}>{alarm.rule_name}</a></dd>
        <dt>{word("since")}</dt><dd>{time(alarm.opened_at)}</dd>
        {isOpen ? alarm.changed_at !== alarm.opened_at && <><dt>{word("changed")}</dt><dd>{time(alarm.changed_at)}</dd></> : <><dt>{word("endedAt")}</dt><dd>{time(alarm.ended_at!)}</dd></>}
        {alarm.peak_stage_m !== null && <><dt>{word("peak")}</dt><dd>{metres(alarm.peak_stage_m)}</dd></>}
        {alarm.grade && flood && <><dt>{word("evidence")}</dt><dd>{word(alarm.grade)}</dd></>}
        <dt>{word("seenBy")}</dt><dd>{alarm.acknowledged_by ? `${alarm.acknowledged_by}, ${time(alarm.acknowledged_at!)}` : word("nobodyYet")}{alarm.note && <> · “{alarm.note}”</>}</dd>
        {alarm.assigned_to && <><dt>{word("inHand")}</dt><dd>{alarm.assigned_to}</dd></>}
        {shelf ? <><dt>{word("shelve")}</dt><dd>{word("shelvedUntil")} {time(shelf.until)} · {shelf.shelved_by}: {shelf.reason}</dd></>
          : alarm.quiet_vi && <><dt>{word("whyQuiet")}</dt><dd>{pick(alarm.quiet_vi, alarm.quiet_en)}</dd></>}
      </dl>
      <div class="actions no-print">
        {!alarm.acknowledged_by && may("Officer") && <button type="button" class="primary" onClick={() => acknowledge(alarm, again)}>{word("acknowledge")}</button>}
        {may("Technician") && <button type="button" onClick={comment}>{word("comment")}</button>}
        {may("Officer") && <button type="button" onClick={() => void assign()}>{word("assign")}</button>}
        {may("Officer") && (shelf ? <button type="button" onClick={unshelve}>{word("unshelve")}</button> : isOpen && mayBeShelved && <button type="button" onClick={shelve}>{word("shelve")}</button>)}
        {station && desk.stations.some((one) => one.id === station) && <a class="button" href={to("station", station)}>{word("station")}</a>}
        {device && <a class="button" href={to("devices", device.id)}>{word("device")}</a>}
      </div>
      {detail.wrong && <p class="note bad" role="alert">{detail.wrong}</p>}
      <section class="stack tight" aria-labelledby="comments">
        <h3 id="comments">{word("comments")}</h3>
        {comments.length === 0 ? <p class="soft">{word("noComments")}</p> : (
          <ol class="comments">{comments.map((one) => <li key={one.id}><p>{one.text}</p><small>{one.who}, {time(one.at)}</small></li>)}</ol>
        )}
      </section>
      {(flood || bulletins.length > 0) && (
        <section class="stack tight" aria-labelledby="bulletins">
          <h3 id="bulletins">{word("bulletins")}</h3>
          {bulletins.length === 0 ? <p class="soft">{word("noBulletins")}</p> : (
            <ul class="plain">{bulletins.map((one) => (
              <li key={one.id}>
                <a href={to("told", one.id)}>{word(one.kind === "Warning" ? "warning" : one.kind === "AllClear" ? "allClear" : "announcement")} {one.id}</a>{" "}
                {one.level !== "None" && <Level is={one.level} />} <span class="soft">{time(one.decided_at)} · {one.decided_by === "auto" ? pick("tự động", "by itself") : one.decided_by}</span>
              </li>
            ))}</ul>
          )}
        </section>
      )}
      {history.is && history.is.length > 0 && (
        <section class="stack tight" aria-labelledby="history">
          <h3 id="history">{word("history")}</h3>
          <Deeds all={history.is} />
        </section>
      )}
    </article>
  );
}
