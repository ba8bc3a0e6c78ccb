import { type Broadcast, type DeliveryState, type Desk, say } from "./desk";
import { whoIsOnDuty } from "./person";
import { carrierName, type Language, levelName, stateName, time, word } from "./words";

const order: DeliveryState[] = ["seen", "delivered", "accepted", "handed_over", "planned", "failed", "passed_on", "expired", "replaced", "stopped"];

export function Bulletins({ desk, language }: { desk: Desk; language: Language }) {
  return (
    <section aria-labelledby="bulletins">
      <h2 id="bulletins">{word(language, "bulletins")}</h2>
      {desk.broadcasts.length === 0 && <p class="quiet">{word(language, "noBulletin")}</p>}
      {desk.broadcasts.map((broadcast) => <BroadcastCard key={broadcast.id} broadcast={broadcast} language={language} />)}
    </section>
  );
}

function BroadcastCard({ broadcast, language }: { broadcast: Broadcast; language: Language }) {
  const clear = broadcast.kind === "AllClear";
  const running = !broadcast.stopped_at && broadcast.carriers.some(({ counts }) => (counts.planned ?? 0) + (counts.handed_over ?? 0) > 0);
  const stop = async () => {
    const who = whoIsOnDuty(word(language, "whoAreYou"));
    const reason = who && prompt(word(language, "whyStop"));
    if (!reason) return;
    const problem = await say(`/api/broadcasts/${broadcast.id}/stop`, { who, reason });
    if (problem) alert(problem);
  };
  return (
    <article class={`broadcast ${clear ? "all-clear" : `level-${broadcast.level}`}`}>
      <h3>
        {broadcast.station_name}
        <span class="badge">{clear ? (language === "vi" ? "Tin kết thúc" : "All-clear") : broadcast.kind === "Announcement" ? word(language, "announcement") : levelName(language, broadcast.level)}</span>
        <small>
          {time(broadcast.measured_at)} · {word(language, "decidedBy")}{" "}
          {broadcast.decided_by === "auto" ? word(language, "auto") : broadcast.decided_by}
        </small>
      </h3>
      <p>{language === "vi" ? broadcast.text_vi : broadcast.text_en}</p>
      {running && <button type="button" onClick={stop}>{word(language, "stop")}</button>}
      {broadcast.stopped_at && <p class="age bad">{word(language, "stoppedBy")} {broadcast.stopped_by}, {time(broadcast.stopped_at)}</p>}
      {broadcast.expired && <p class="age bad">{word(language, "expired")}</p>}
      {broadcast.carriers.map(({ carrier, counts }) => {
        const shown = order.filter((state) => (counts[state] ?? 0) > 0);
        return (
          <div class="carrier" key={carrier}>
            <span class="carrier-name">{carrierName(carrier)}</span>
            <span class="bar" aria-hidden="true">
              {shown.map((state) => <span key={state} class={`part ${state}`} style={{ flexGrow: counts[state] ?? 0 }} />)}
            </span>
            <span class="parts">
              {shown.map((state) => `${counts[state] ?? 0} ${stateName(language, state)}`).join(" · ")}
            </span>
          </div>
        );
      })}
    </article>
  );
}
