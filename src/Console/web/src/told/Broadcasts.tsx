import { useState } from "preact/hooks";
import { useDesk } from "../desk/context";
import type { Broadcast } from "../desk/desk";
import { Kind } from "../parts/Kind";
import { load } from "../parts/load";
import { to } from "../shell/route";
import { duration, near, number, time } from "../words/format";
import { whoDecided, word } from "./words";

const atOnce = 30;

/** Broadcasts, newest first; those of the desk are live. */
export function Broadcasts() {
  const desk = useDesk();
  const [older, setOlder] = useState<Broadcast[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isAll, setAll] = useState(false);
  const live = desk.broadcasts;
  const shown = [...live, ...older.filter((one) => !live.some((known) => known.id === one.id))];
  const more = async () => {
    try {
      const page = await load<Broadcast[]>(`/api/broadcasts?count=${atOnce}&before=${shown.at(-1)?.id ?? 0}`);
      setOlder([...older, ...page]);
      setAll(page.length < atOnce);
      setWrong(null);
    } catch (failure) {
      setWrong((failure as Error).message);
    }
  };
  if (shown.length === 0) return <p class="empty">{word("none")}</p>;
  return (
    <section class="stack">
      <h2 class="out-of-sight">{word("broadcasts")}</h2>
      <ul class="rows">
        {shown.map((one) => (
          <li key={one.id} class={one.kind === "Warning" ? `level-${one.level}` : ""}>
            <a class="broadcast" href={to("told", one.id)}>
              <Kind of={one} />
              <span><strong>{one.station_name}</strong> <span class="soft">{one.rule_name} · {time(one.decided_at)} · {whoDecided(one.decided_by)}</span></span>
              <span class="end"><Progress of={one} now={desk.now} /></span>
            </a>
          </li>
        ))}
      </ul>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {!isAll && live.length >= 12 && <div class="actions"><button type="button" onClick={() => void more()}>{word("more")}</button></div>}
    </section>
  );
}

/** How far a broadcast is, as a bar and in words. */
export function Progress({ of: { progress, expired, stopped_at }, now }: { of: Broadcast; now: string }) {
  if (expired) return <span class="bad">{word("expired")}</span>;
  if (!progress) return <span>{word("notPlanned")}</span>;
  const { total, waiting, left_seconds, finishes_at } = progress;
  const settled = total - waiting;
  return (
    <span class="progress">
      {waiting > 0 && <progress max={total} value={settled} aria-label={word("ofThem")} />}
      <span>
        {waiting > 0 ? <>{number(settled)} / {number(total)} {word("letters")}</> : <>{number(total)} {word("letters")} · {word("done")}</>}
        {stopped_at && <span class="bad"> · {word("stopped")}</span>}
        {waiting > 0 && finishes_at && ` · ${word("doneAt")} ${near(finishes_at, now)}`}
        {waiting > 0 && left_seconds !== null && left_seconds > 0 && ` (${word("left")} ${duration(left_seconds)})`}
        {waiting > 0 && left_seconds === null && !stopped_at && <span class="bad"> · {word("stands")}</span>}
      </span>
    </span>
  );
}
