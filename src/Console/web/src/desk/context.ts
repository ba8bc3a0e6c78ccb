import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Desk } from "./desk";
import type { Link } from "./follow";

/** The desk as every screen sees it. */
export const DeskContext = createContext<{ desk: Desk; link: Link } | null>(null);

export function useDesk(): Desk {
  return useContext(DeskContext)!.desk;
}

/** Whether something said now can reach the engine. */
export function useLink(): Link {
  return useContext(DeskContext)!.link;
}

/** The engine's clock, going on between two of its messages; epoch ms. In a demo it runs fast: then it steps with the messages. */
export function useNow(everyMs = 1000): number {
  const { now } = useDesk();
  const [heard, setHeard] = useState({ now, at: Date.now() });
  const [, tick] = useState(0);
  useEffect(() => setHeard({ now, at: Date.now() }), [now]);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return new Date(heard.now).getTime() + (heard.now === now ? Math.min(Date.now() - heard.at, 15_000) : 0);
}
