import { useEffect, useState } from "preact/hooks";

export const screens = ["now", "station", "decide", "told", "alarms", "devices", "rules", "people", "settings", "more"] as const;
export type Screen = (typeof screens)[number];

/** Where the person is: #/station/tam-ky is the screen "station" of "tam-ky"; what follows a question mark is the screen's own. */
export interface Route {
  screen: Screen;
  id: string | null;
  query: URLSearchParams;
}

function here(): Route {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [screen = "", id] = path.split("/");
  return {
    screen: (screens as readonly string[]).includes(screen) ? (screen as Screen) : "now",
    id: id ? decodeURIComponent(id) : null,
    query: new URLSearchParams(query),
  };
}

/** The address of a screen, for a link. */
export const to = (screen: Screen, id?: string | number, query?: Record<string, string>): string =>
  `#/${screen}${id === undefined ? "" : `/${encodeURIComponent(id)}`}${query ? `?${new URLSearchParams(query)}` : ""}`;

export function useRoute(): Route {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const moved = () => setRoute(here());
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return route;
}
