import type { Broadcast, DeliveryState, Desk } from "./desk";
import { type Language, levelName, stateName, time, word } from "./words";

const order: DeliveryState[] = ["delivered", "accepted", "handed_over", "planned", "failed", "passed_on", "expired", "replaced"];
const carriers: Record<string, string> = { esms: "SMS", kannel: "SMS", speedsms: "SMS", webhook: "Webhook", zalo: "Zalo", "zalo-oa": "Zalo OA" };

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
  return (
    <article class={`broadcast ${clear ? "all-clear" : `level-${broadcast.level}`}`}>
      <h3>
        {broadcast.station_name}
        <span class="badge">{clear ? (language === "vi" ? "Tin kết thúc" : "All-clear") : levelName(language, broadcast.level)}</span>
        <small>
          {time(broadcast.measured_at)} · {word(language, "decidedBy")}{" "}
          {broadcast.decided_by === "auto" ? word(language, "auto") : broadcast.decided_by}
        </small>
      </h3>
      <p>{language === "vi" ? broadcast.text_vi : broadcast.text_en}</p>
      {broadcast.expired && <p class="age bad">{word(language, "expired")}</p>}
      {broadcast.carriers.map(({ carrier, counts }) => {
        const shown = order.filter((state) => (counts[state] ?? 0) > 0);
        return (
          <div class="carrier" key={carrier}>
            <span class="carrier-name">{carriers[carrier] ?? carrier}</span>
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
