import L from "leaflet";
import "leaflet/dist/leaflet.css";
import { useEffect, useRef } from "preact/hooks";
import { useDesk } from "../desk/context";
import type { Desk, Level } from "../desk/desk";
import { worse } from "../parts/levels";
import { useLoad } from "../parts/load";
import { to } from "../shell/route";
import { metres } from "../words/format";
import { language, words } from "../words/language";
import { levelName } from "../words/names";

interface Feature {
  id: string;
  geometry: { type: string; coordinates: unknown } | null;
  properties: { kind: "station" | "area" | "reservoir"; name: string; river?: string; areas?: string[] };
}

/** Pictures under the wards, when the operator has set a server of them. */
interface Tiles {
  url: string;
  attribution: string;
  closest: number;
}

interface Ground {
  features: Feature[];
  tiles?: Tiles;
}

const word = words({
  label: ["Bản đồ các trạm và phường; cùng nội dung có trong danh sách trạm.", "Map of stations and wards; the list of stations says the same."],
  noBoundary: ["Chưa có ranh giới", "No boundary is known"],
  legend: [
    "Màu phường: cấp cao nhất của các trạm có bản tin cho phường. Nét đứt nối các trạm theo chiều dòng chảy, không phải lòng sông.",
    "A ward's colour: the highest level of the stations whose bulletins are for it. The dashed line joins the stations downstream; it is not the river's bed.",
  ],
});

/** How far around its station an area without a boundary is drawn, metres. */
const around = 1200;

interface Drawn {
  map: L.Map;
  areas: Map<string, L.Path>;
  stations: Map<string, L.CircleMarker>;
}

/** The wards and stations: on plain ground, so that nothing is asked of anybody else, or on the tiles of the server that the operator has set. */
export function RiverMap({ isWall }: { isWall: boolean }) {
  const desk = useDesk();
  const { is, wrong } = useLoad<Ground>("/api/map");
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  useEffect(() => {
    if (!is || !place.current) return;
    drawn.current = draw(place.current, is, isWall);
    return () => {
      drawn.current?.map.remove();
      drawn.current = null;
    };
  }, [is, isWall]);
  useEffect(() => {
    if (is && drawn.current) colour(drawn.current, is.features, desk);
  }, [is, isWall, desk, language()]);
  if (wrong) return <p class="note bad">{wrong}</p>;
  const unbounded = is?.features.filter((one) => one.properties.kind === "area" && !one.geometry) ?? [];
  return (
    <>
      <div ref={place} class={is?.tiles ? "river-map on-tiles" : "river-map"} role="region" aria-label={word("label")} />
      {!isWall && <small>{word("legend")}{unbounded.length > 0 && ` ${word("noBoundary")}: ${unbounded.map((one) => one.properties.name).join(", ")}.`}</small>}
    </>
  );
}

const at = ([longitude, latitude]: [number, number]): L.LatLngTuple => [latitude, longitude];

function draw(place: HTMLElement, { features, tiles }: Ground, isWall: boolean): Drawn {
  const map = L.map(place, { attributionControl: false, zoomControl: !isWall, scrollWheelZoom: false, dragging: !isWall, keyboard: !isWall, doubleClickZoom: !isWall, zoomSnap: 0.25, fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false });
  if (tiles) {
    // Said as text: whose the map is, is not markup of ours.
    L.control.attribution({ prefix: false }).addAttribution(plain(tiles.attribution).innerHTML).addTo(map);
    L.tileLayer(tiles.url, { maxNativeZoom: tiles.closest, maxZoom: 22, keepBuffer: 1 }).addTo(map);
  }
  const all = L.featureGroup().addTo(map);
  const [areas, stations] = [new Map<string, L.Path>(), new Map<string, L.CircleMarker>()];
  const posts = features.filter((one) => one.properties.kind === "station" && one.geometry);
  const positionOf = (post: Feature) => at(post.geometry!.coordinates as [number, number]);
  for (const area of features.filter((one) => one.properties.kind === "area")) {
    const below = posts.find((post) => post.properties.areas?.includes(area.id));
    const shape: L.Path | null = area.geometry
      ? L.polygon((area.geometry.coordinates as [number, number][][][]).map((part) => part.map((ring) => ring.map(at))), { className: "ward", smoothFactor: 0.5 })
      : below ? L.circle(positionOf(below), { radius: around, className: "ward" }) : null;
    if (!shape) continue;
    shape.bindTooltip(plain(area.properties.name), { permanent: true, direction: "center", className: "ward-name" }).addTo(all);
    areas.set(area.id, shape);
  }
  for (const river of new Set(posts.map((post) => post.properties.river)))
    L.polyline(posts.filter((post) => post.properties.river === river).map(positionOf), { className: "course", interactive: false }).addTo(all);
  for (const post of posts) {
    const marker = L.circleMarker(positionOf(post), { radius: isWall ? 14 : 10, className: "post", bubblingMouseEvents: false })
      .bindTooltip("", { permanent: true, direction: "right", offset: [8, 0], className: "post-name" })
      .addTo(all);
    const go = () => (location.hash = to("station", post.id));
    if (!isWall) marker.on("click", go);
    // There is something to put attributes on only once the map has a view.
    marker.on("add", () => {
      const element = marker.getElement();
      if (!element) return;
      element.setAttribute("role", isWall ? "img" : "link");
      if (isWall) return;
      element.setAttribute("tabindex", "0");
      element.addEventListener("keydown", (event) => (event as KeyboardEvent).key === "Enter" && go());
    });
    stations.set(post.id, marker);
  }
  // Opened in the middle of the stations, with as much of the wards as there is room for.
  const bounds = posts.length > 1 ? L.latLngBounds(posts.map(positionOf)).pad(0.45) : all.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds, { animate: false });
  return { map, areas, stations };
}

/** Colours and figures as the desk has them; by classes, which the page's themes colour. */
function colour({ areas, stations }: Drawn, features: Feature[], desk: Desk) {
  const levels = new Map<string, Level>();
  for (const feature of features) {
    if (feature.properties.kind !== "station") continue;
    const station = desk.stations.find((one) => one.id === feature.id);
    const level = station?.level ?? "None";
    for (const area of feature.properties.areas ?? []) levels.set(area, worse(level, levels.get(area) ?? "None"));
    const marker = stations.get(feature.id);
    if (!marker) continue;
    const says = [feature.properties.name, station?.stage_m != null ? metres(station.stage_m) : "–"].join(" ");
    mark(marker, "post", level);
    marker.getElement()?.setAttribute("aria-label", station?.ladder ? `${says}, ${levelName(level)}` : says);
    marker.setTooltipContent(plain(says));
  }
  for (const [code, shape] of areas) mark(shape, "ward", levels.get(code) ?? "None");
}

function mark(path: L.Path, kind: string, level: Level) {
  const element = path.getElement();
  if (!element) return;
  for (const known of ["None", "I", "II", "III"]) element.classList.toggle(`level-${known}`, known === level);
  element.classList.add(kind);
}

function plain(text: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
