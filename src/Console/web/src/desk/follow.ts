/** Follows the engine's live stream, comes back when it was away, and keeps the last desk for when there is none. */

import type { Desk } from "./desk";

export type Link = "connecting" | "live" | "lost";

/** What is shown, whether it is live, and when the engine was last heard (epoch ms of this browser). */
export interface Seen {
  desk: Desk | null;
  link: Link;
  heardAt: number | null;
}

const kept = "canhlu.desk";
const keepEvery = 15_000;
/** The engine speaks every ten seconds at least: after three silences the line is lost, whatever the browser believes. */
const silence = 30_000;

function lastKept(): Seen {
  try {
    const { desk, heardAt } = JSON.parse(localStorage.getItem(kept) ?? "null") as { desk: Desk; heardAt: number };
    return { desk, link: "connecting", heardAt };
  } catch {
    return { desk: null, link: "connecting", heardAt: null };
  }
}

/** Forgets what is kept: whoever signs out leaves nothing behind. */
export const forget = () => localStorage.removeItem(kept);

/** Tells of the desk and of the line as they are, beginning with what is kept. Returns the way to stop. */
export function follow(tell: (seen: Seen) => void): () => void {
  let seen = lastKept();
  let keptAt = 0;
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const say = (next: Partial<Seen>) => tell((seen = { ...seen, ...next }));

  const open = () => {
    clearTimeout(again);
    source?.close();
    source = new EventSource("/api/live");
    source.addEventListener("desk", (event) => {
      const [desk, heardAt] = [JSON.parse((event as MessageEvent<string>).data) as Desk, Date.now()];
      say({ desk, link: "live", heardAt });
      if (heardAt - keptAt < keepEvery) return;
      keptAt = heardAt;
      try {
        localStorage.setItem(kept, JSON.stringify({ desk, heardAt }));
      } catch {
        // No room: then the next visit without a line shows nothing, and says so.
      }
    });
    source.addEventListener("error", () => {
      say({ link: "lost" });
      // After an answer that is no stream (a proxy's 502) the browser gives up; the page does not.
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, 3000);
    });
  };
  // The page's first lines ask for the desk as it is, so that it comes together with the page's program; the stream, which is opened by it, goes on from there.
  const first = async () => {
    try {
      const answer = await fetch("/api/desk");
      if (answer.status !== 200) return;
      const desk = (await answer.json()) as Desk;
      if (seen.link === "connecting") say({ desk, heardAt: Date.now() });
    } catch {
      // The stream says that the line is lost.
    }
  };
  const watch = setInterval(() => {
    if (seen.link !== "live" || Date.now() - (seen.heardAt ?? 0) < silence) return;
    say({ link: "lost" });
    open();
  }, 5000);
  const offline = () => say({ link: "lost" });
  addEventListener("offline", offline);
  addEventListener("online", open);
  tell(seen);
  void first();
  open();
  return () => {
    clearTimeout(again);
    clearInterval(watch);
    removeEventListener("offline", offline);
    removeEventListener("online", open);
    source?.close();
  };
}
