import { type Alarm, type Desk, type Reservoir, say } from "./desk";
import { alarmLevel, type Language, levelName, released, time, word } from "./words";
import { whoIsOnDuty } from "./person";

export function Alarms({ desk, language }: { desk: Desk; language: Language }) {
  const open = desk.alarms.filter((alarm) => alarm.ended_at === null && alarm.quiet === null);
  const quiet = desk.alarms.filter((alarm) => alarm.ended_at === null && alarm.quiet !== null);
  const ended = desk.alarms.filter((alarm) => alarm.ended_at !== null);
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{word(language, "alarms")} <span class="count">{open.length}</span></h2>
      {open.length === 0 && <p class="quiet">{word(language, "noAlarm")}</p>}
      <ul class="rows">{open.map((alarm) => (
        <AlarmRow key={alarm.id} alarm={alarm} language={language} release={desk.reservoirs.find((one) => alarm.cause === "Release" && one.rules.includes(alarm.rule))} />
      ))}</ul>
      {quiet.length > 0 && (
        <details>
          <summary>{word(language, "keptQuiet")} ({quiet.length})</summary>
          <ul class="rows past">{quiet.map((alarm) => <AlarmRow key={alarm.id} alarm={alarm} language={language} />)}</ul>
        </details>
      )}
      {ended.length > 0 && (
        <details>
          <summary>{word(language, "earlier")} ({ended.length})</summary>
          <ul class="rows past">{ended.map((alarm) => <AlarmRow key={alarm.id} alarm={alarm} language={language} />)}</ul>
        </details>
      )}
    </section>
  );
}

function AlarmRow({ alarm, language, release }: { alarm: Alarm; language: Language; release?: Reservoir | undefined }) {
  const acknowledge = async () => {
    const who = whoIsOnDuty(word(language, "whoAreYou"));
    const problem = who && (await say(`/api/alarms/${alarm.id}/acknowledge`, { who }));
    if (problem) alert(problem);
  };
  const flood = alarm.cause === "Threshold";
  return (
    <li class={flood ? `level-${alarm.ended_at ? alarm.peak : alarm.level}` : "technical"}>
      <strong>{alarm.subject_name}</strong>
      {alarm.grade && flood && <abbr class="grade" title={word(language, `grade${alarm.grade}`)}>{alarm.grade}</abbr>}
      <span class="badge">{alarm.ended_at && flood ? levelName(language, alarm.peak) : alarmLevel(language, alarm)}</span>
      {release?.notice && <span>{released(language, release)}</span>}
      <small>
        {time(alarm.opened_at)}{alarm.ended_at && ` – ${time(alarm.ended_at)}`}
        {alarm.quiet_vi && ` · ${language === "vi" ? alarm.quiet_vi : alarm.quiet_en}`}
        {alarm.acknowledged_by && ` · ${word(language, "acknowledgedBy")} ${alarm.acknowledged_by}`}
      </small>
      {!alarm.acknowledged_by && !alarm.ended_at && <button type="button" onClick={acknowledge}>{word(language, "acknowledge")}</button>}
    </li>
  );
}
