import { useEffect, useState } from "preact/hooks";
import { later } from "../shell/Later";
import { word } from "./words";

const RiverMap = later<{ isWall: boolean }>(() => import("./RiverMap").then((all) => all.RiverMap));

/** At the latest then, idle or not. */
const longestMs = 4000;

/** The map, whose code comes when the browser has nothing better to do: the river's figures go first. */
export function MapLater({ isWall }: { isWall: boolean }) {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (typeof requestIdleCallback !== "function") {
      const timer = setTimeout(() => setIdle(true), longestMs / 2);
      return () => clearTimeout(timer);
    }
    const asked = requestIdleCallback(() => setIdle(true), { timeout: longestMs });
    return () => cancelIdleCallback(asked);
  }, []);
  return (
    <section class="map-place" aria-labelledby="map">
      <h2 id="map">{word("map")}</h2>
      {idle ? <RiverMap isWall={isWall} /> : <p class="empty">{word("mapLoading")}</p>}
    </section>
  );
}
