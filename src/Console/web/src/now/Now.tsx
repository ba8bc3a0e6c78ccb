import { useDesk } from "../desk/context";
import { levelOrder } from "../parts/levels";
import { pick } from "../words/language";
import { MapLater } from "./MapLater";
import "./now.css";
import { OpenAlarms } from "./OpenAlarms";
import { Reservoirs } from "./Reservoirs";
import { StationCard } from "./StationCard";
import { Told } from "./Told";
import { Waiting } from "./Waiting";
import { word } from "./words";

/** The river as it stands, what is wrong, what waits and what is being told. */
export function Now({ isWall }: { isWall: boolean }) {
  const desk = useDesk();
  const rivers = [...new Set(desk.stations.map((station) => station.river))];
  const worst = desk.stations.reduce((most, one) => Math.max(most, levelOrder(one.level)), 0);
  return (
    <div class={`now worst-${worst}`}>
      <h1 class={isWall ? "out-of-sight" : ""}>{rivers.length === 1 ? pick(`Sông ${rivers[0]}`, `${rivers[0]} river`) : word("heading")}</h1>
      <ol class="river stations">
        {desk.stations.map((station, i) => (
          <StationCard key={station.id} station={station} alarms={desk.alarms} now={desk.now} nextLevel={desk.stations[i + 1]?.level ?? null} />
        ))}
      </ol>
      <div class="beside">
        <Waiting />
        <OpenAlarms most={isWall ? 4 : 6} />
        <Told most={isWall ? 2 : 3} />
      </div>
      <div class="ground">
        <MapLater isWall={isWall} />
        <Reservoirs isWall={isWall} />
      </div>
    </div>
  );
}
