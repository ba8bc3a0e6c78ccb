import { useDesk, useNow } from "../desk/context";
import { countdown, duration, secondsBetween, time } from "../words/format";
import { pick } from "../words/language";
import { carrierName, levelName } from "../words/names";
import { type Screen, to } from "./route";

const soon = 300;

/** The one thing to do next, on every screen: a decision that waits, else a broadcast that runs. */
export function Next({ screen }: { screen: Screen }) {
  const desk = useDesk();
  const now = useNow();
  const waits = [...desk.proposals].sort((a, b) => (a.decide_by ?? "9").localeCompare(b.decide_by ?? "9"))[0];
  if (waits) {
    if (screen === "decide") return null;
    const left = waits.decide_by ? secondsBetween(now, waits.decide_by) : null;
    return (
      <a class={`next level-${waits.level}`} href={to("decide", waits.id)}>
        <span class={left !== null && left < soon ? "due" : ""}>{left === null ? "●" : countdown(left)}</span>
        <span>
          <strong>{pick("Chờ quyết định", "Waits for a decision")}{desk.proposals.length > 1 && ` (${desk.proposals.length})`}</strong>{" "}
          {waits.station_name} · {waits.kind === "AllClear" ? pick("tin kết thúc", "all-clear") : levelName(waits.level)}
        </span>
        <span class="go">{pick("Xem và quyết định", "Look and decide")} →</span>
      </a>
    );
  }
  const running = desk.broadcasts.find((one) => one.progress && one.progress.waiting > 0 && !one.stopped_at);
  if (!running?.progress || screen === "told") return null;
  const { total, waiting, left_seconds, finishes_at } = running.progress;
  const carriers = [...new Set(running.carriers.map(({ carrier }) => carrierName(carrier)))].join(", ");
  return (
    <a class="next running" href={to("told", running.id)}>
      <progress max={total} value={total - waiting} aria-label={pick("đã gửi", "sent")} />
      <span>
        <strong>{pick("Đang báo", "Telling")}</strong> {running.station_name} · {(total - waiting).toLocaleString()} / {total.toLocaleString()} ({carriers})
        {finishes_at && ` · ${pick("xong lúc", "done at")} ${time(finishes_at)}`}{left_seconds !== null && ` (${duration(left_seconds)})`}
      </span>
      <span class="go">{pick("Xem", "Look")} →</span>
    </a>
  );
}
