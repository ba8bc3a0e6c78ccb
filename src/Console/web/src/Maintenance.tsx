import { type Desk, type Maintenance as Work, say } from "./desk";
import { type Language, time, word } from "./words";
import { whoIsOnDuty } from "./person";

export function Maintenance({ desk, language }: { desk: Desk; language: Language }) {
  const begin = async (subject: string) => {
    const who = whoIsOnDuty(word(language, "whoAreYou"));
    const reason = who && prompt(word(language, "whatIsDone"));
    const hours = reason && Number(prompt(word(language, "howManyHours"), "2"));
    if (!hours || !(hours > 0 && hours <= 168)) return;
    const until = new Date(new Date(desk.now).getTime() + hours * 3_600_000).toISOString();
    const problem = await say("/api/maintenance", { subject, until, reason, who });
    if (problem) alert(problem);
  };
  const places = [...desk.stations.map((one) => [one.id, one.name]), ...desk.devices.map((one) => [one.id, one.name])];
  return (
    <section aria-labelledby="maintenance">
      <h2 id="maintenance">{word(language, "maintenance")} <span class="count">{desk.maintenance.length}</span></h2>
      {desk.maintenance.length === 0 && <p class="quiet">{word(language, "noMaintenance")}</p>}
      <ul class="rows">{desk.maintenance.map((work) => <WorkRow key={work.id} work={work} language={language} />)}</ul>
      <select aria-label={word(language, "maintain")} value="" onChange={(event) => begin(event.currentTarget.value)}>
        <option value="">{word(language, "maintain")}…</option>
        {places.map(([id, name]) => <option key={id} value={id}>{name}</option>)}
      </select>
    </section>
  );
}

function WorkRow({ work, language }: { work: Work; language: Language }) {
  const end = async () => {
    const who = whoIsOnDuty(word(language, "whoAreYou"));
    const problem = who && (await say(`/api/maintenance/${work.id}/end`, { who }));
    if (problem) alert(problem);
  };
  return (
    <li class="technical">
      <strong>{work.subject_name}</strong>
      <span class="badge">{work.reason}</span>
      <small>{time(work.from)} – {time(work.until)} · {work.entered_by}</small>
      <button type="button" onClick={end}>{word(language, "endMaintenance")}</button>
    </li>
  );
}
