import { useState } from "preact/hooks";
import { type Desk, type Reservoir, say } from "./desk";
import { type Language, released, word } from "./words";
import { whoIsOnDuty } from "./person";

export function Reservoirs({ desk, language }: { desk: Desk; language: Language }) {
  if (desk.reservoirs.length === 0) return null;
  return (
    <section aria-labelledby="reservoirs">
      <h2 id="reservoirs">{word(language, "reservoirs")}</h2>
      {desk.reservoirs.map((reservoir) => <ReservoirCard key={reservoir.source} reservoir={reservoir} language={language} />)}
    </section>
  );
}

function ReservoirCard({ reservoir, language }: { reservoir: Reservoir; language: Language }) {
  const notice = reservoir.notice;
  const end = async () => {
    const who = whoIsOnDuty(word(language, "whoAreYou"));
    const reason = who && prompt(word(language, "whyOver"));
    if (!notice || !reason) return;
    const problem = await say(`/api/releases/${notice.id}/end`, { who, reason });
    if (problem) alert(problem);
  };
  return (
    <article>
      <p class="relation">{notice ? released(language, reservoir) : `${reservoir.name}: ${word(language, "noRelease")}`}</p>
      {notice && <p class="age">{notice.document && `${notice.document} · `}{notice.entered_by}</p>}
      {notice && <button type="button" onClick={end}>{word(language, "endRelease")}</button>}
      <details>
        <summary>{word(language, "enterRelease")}</summary>
        <NoticeForm key={notice?.id ?? 0} reservoir={reservoir} language={language} />
      </details>
    </article>
  );
}

function NoticeForm({ reservoir, language }: { reservoir: Reservoir; language: Language }) {
  const [least, setLeast] = useState("");
  const [most, setMost] = useState("");
  const [starts, setStarts] = useState("");
  const [document, setDocument] = useState("");
  const enter = async (event: Event) => {
    event.preventDefault();
    const who = whoIsOnDuty(word(language, "whoAreYou"));
    if (!who) return;
    // The notice in force is the one that the officer saw: whoever was faster is not replaced unread.
    const problem = await say("/api/releases", {
      source: reservoir.source, q_min: Number(least), q_max: Number(most), starts_at: `${starts}:00+07:00`, document: document || null, who,
      replaces: reservoir.notice?.id ?? null,
    });
    if (problem) alert(problem);
  };
  return (
    <form class="notice" onSubmit={enter}>
      <label>{word(language, "leastDischarge")} <input type="number" inputMode="numeric" min="0" max="100000" required value={least} onInput={(event) => setLeast(event.currentTarget.value)} /></label>
      <label>{word(language, "mostDischarge")} <input type="number" inputMode="numeric" min="0" max="100000" required value={most} onInput={(event) => setMost(event.currentTarget.value)} /></label>
      <label>{word(language, "startsAt")} <input type="datetime-local" required value={starts} onInput={(event) => setStarts(event.currentTarget.value)} /></label>
      <label>{word(language, "document")} <input type="text" maxLength={500} value={document} onInput={(event) => setDocument(event.currentTarget.value)} /></label>
      <button type="submit" class="primary">{word(language, "enterRelease")}</button>
    </form>
  );
}
