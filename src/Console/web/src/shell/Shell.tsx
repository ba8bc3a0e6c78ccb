import { useEffect, useRef, useState } from "preact/hooks";
import { signedName } from "../accounts/session";
import { Alarms } from "../alarms/Alarms";
import { Decide } from "../decide/Decide";
import { DeskContext } from "../desk/context";
import { follow, type Seen } from "../desk/follow";
import { Devices } from "../devices/Devices";
import { Now } from "../now/Now";
import { AskHost } from "../parts/Ask";
import { age, clock } from "../words/format";
import { choose, language, pick, words } from "../words/language";
import { Icon } from "./icons";
import { later } from "./Later";
import { More } from "./More";
import { Next } from "./Next";
import { type Route, type Screen, to, useRoute } from "./route";
import "./shell.css";
import { setTheme, theme } from "./theme";

const Station = later<{ id: string; query: URLSearchParams }>(() => import("../station/Station").then((all) => all.Station));
const Told = later<{ id: string | null }>(() => import("../told/Told").then((all) => all.Told));
const Rules = later<{ id: string | null }>(() => import("../rules/Rules").then((all) => all.Rules));
const People = later<{ id: string | null }>(() => import("../people/People").then((all) => all.People));
const Settings = later<{ id: string | null }>(() => import("../settings/Settings").then((all) => all.Settings));

const word = words({
  title: ["Canh Lũ", "Canh Lũ"],
  screens: ["Màn hình", "Screens"],
  skip: ["Tới nội dung", "To the content"],
  live: ["trực tuyến", "live"],
  connecting: ["đang nối…", "connecting…"],
  lost: ["mất kết nối", "connection lost"],
  oldSince: ["Mất kết nối. Số liệu dưới đây là của", "The line is lost. What is shown below is of"],
  noneKept: ["Chưa có số liệu nào; đang nối với máy chủ…", "Nothing to show yet; connecting to the engine…"],
  notReady: ["Máy chủ chưa sẵn sàng nhận số liệu", "The engine is not ready to take readings"],
  day: ["Ngày", "Day"],
  night: ["Đêm", "Night"],
  drill: ["DIỄN TẬP", "DRILL"],
  drillText: ["Mọi số liệu và tin trên trang này là của một cuộc diễn tập.", "All that this page shows and sends is an exercise."],
});

export const nameOf = words<Screen>({
  now: ["Hiện tại", "Now"],
  station: ["Trạm", "Station"],
  decide: ["Quyết định", "Decide"],
  told: ["Đã báo", "Told"],
  alarms: ["Cảnh báo", "Alarms"],
  devices: ["Thiết bị", "Devices"],
  rules: ["Quy tắc", "Rules"],
  people: ["Con người", "People"],
  settings: ["Cài đặt", "Settings"],
  more: ["Thêm", "More"],
});

const keepAfter = 4000;

/** Keeps the page's own files for when there is no line; after the first view, which needs the line more. */
function keepPage() {
  if ("serviceWorker" in navigator) setTimeout(() => void navigator.serviceWorker.register("sw.js").catch(() => undefined), keepAfter);
}

/** The frame around every screen: where one is, whether what one sees is live, and the one thing to do next. */
export function Shell() {
  const [seen, setSeen] = useState<Seen>({ desk: null, link: "connecting", heardAt: null });
  const [, redraw] = useState(0);
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const isWall = new URLSearchParams(location.search).has("wall");
  useEffect(() => follow(setSeen), []);
  const isLive = seen.link === "live";
  useEffect(() => {
    if (isLive) keepPage();
  }, [isLive]);
  const place = `${route.screen}/${route.id ?? ""}`;
  const first = useRef(place);
  useEffect(() => {
    // Whoever goes by keyboard or hears the page is taken to the new screen.
    if (first.current === place) return;
    first.current = "";
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [place]);
  const { desk, link, heardAt } = seen;
  useEffect(() => {
    const waiting = desk?.proposals.length ?? 0;
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${nameOf(route.screen)} · Canh Lũ`;
  });

  const note = desk && pick(desk.note_vi, desk.note_en);
  return (
    <div class={isWall ? "shell wall" : "shell"}>
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{word("skip")}</a>
      <header class={desk?.drill ? "top in-drill" : "top"}>
        {desk?.drill && <p class="drill"><strong>{word("drill")}</strong> <span>{word("drillText")}</span></p>}
        <a class="mark" href={to("now")}><Mark /> <strong>{word("title")}</strong></a>
        <span class="site">{desk?.site}</span>
        <time class="clock">{desk && clock(desk.now)}</time>
        <span class={`link ${link}`} role="status"><span class="dot" aria-hidden="true" /> {word(link)}</span>
        <span class="choices no-print">
          <button type="button" class="quiet small" onClick={() => { setTheme(document.documentElement.dataset["theme"] === "night" ? "day" : "night"); redraw((n) => n + 1); }} title={theme()}>
            {document.documentElement.dataset["theme"] === "night" ? word("day") : word("night")}
          </button>
          <button type="button" class="quiet small" lang={language() === "vi" ? "en" : "vi"} onClick={() => { choose(language() === "vi" ? "en" : "vi"); redraw((n) => n + 1); }}>
            {language() === "vi" ? "English" : "Tiếng Việt"}
          </button>
          {signedName() && <a class="who" href={to("settings", "account")}>{signedName()}</a>}
        </span>
      </header>
      <nav class="rail" aria-label={word("screens")}>
        {(["now", "decide", "told", "alarms", "devices", "rules", "people", "settings", "more"] as const).map((screen) => (
          <Tab key={screen} screen={screen} route={route} count={!desk ? 0 : screen === "decide" ? desk.proposals.length : screen === "alarms" ? desk.alarms.filter((one) => !one.ended_at && !one.quiet && !one.acknowledged_by).length : 0} />
        ))}
      </nav>
      <main id="content" class="middle" ref={main} tabIndex={-1}>
        {note && <p class="note">{note}</p>}
        {desk && link === "lost" && (
          <p class="note bad" role="alert">{word("oldSince")} <strong>{clock(desk.now)}</strong>{heardAt && ` (${age(heardAt, Date.now())})`}</p>
        )}
        {desk && link === "live" && !desk.ready && <p class="note bad" role="alert">{word("notReady")}: {desk.not_ready_because}</p>}
        {desk ? (
          <DeskContext.Provider value={{ desk, link }}>
            <Next screen={route.screen} />
            <Place route={route} isWall={isWall} />
            <AskHost />
          </DeskContext.Provider>
        ) : <p class="empty">{word("noneKept")}</p>}
      </main>
    </div>
  );
}

function Place({ route: { screen, id, query }, isWall }: { route: Route; isWall: boolean }) {
  switch (screen) {
    case "station": return id ? <Station key={id} id={id} query={query} /> : <Now isWall={isWall} />;
    case "decide": return <Decide id={id} />;
    case "told": return <Told id={id} />;
    case "alarms": return <Alarms id={id} />;
    case "devices": return <Devices id={id} />;
    case "rules": return <Rules id={id} />;
    case "people": return <People id={id} />;
    case "settings": return <Settings id={id} />;
    case "more": return <More />;
    default: return <Now isWall={isWall} />;
  }
}

function Tab({ screen, route, count }: { screen: Screen; route: Route; count: number }) {
  const isHere = route.screen === screen || (screen === "now" && route.screen === "station");
  return (
    <a class={`tab tab-${screen}`} href={to(screen)} aria-current={isHere ? "page" : undefined}>
      <Icon of={screen} /> <span>{nameOf(screen)}</span>
      {count > 0 && <span class="count">{count}</span>}
    </a>
  );
}

const Mark = () => (
  <svg class="emblem" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#0b3a53" /><path d="M4 18q4-5 8 0t8 0 8 0v10H4z" fill="#4fb3d9" /></svg>
);
