import { useDesk } from "../desk/context";
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
  return (
    <div class="now">
      <h1 class={isWall ? "out-of-sight" : ""}>{rivers.length === 1 ? pick(`Sông ${rivers[0]}`, `${rivers[0]} river`) : word("heading")}</h1>
      <ol class="river stations">
        {desk.stations.map((station, i) => (
          <StationCard key={station.id} station={station} alarms={desk.alarms} now={desk.now} nextLevel={desk.stations[i + 1]?.level ?? null} />
        ))}
      </ol>
      <div class="beside">
        {(!isWall || desk.proposals.length > 1 || desk.proposals.some((one) => one.last_safe_moment)) && <Waiting />}
        <OpenAlarms most={isWall ? 3 : 6} />
        <Told most={isWall ? 1 : 3} />
        {isWall && <Reservoirs isWall />}
      </div>
      <div class="ground">
        <MapLater isWall={isWall} />
        {!isWall && <Reservoirs isWall={false} />}
      </div>
    </div>
  );
}
