import { useEffect, useState } from "preact/hooks";
import { Me, Sessions, Tokens, Users } from "../accounts/Account";
import { may, onSession, type Session, signedIn } from "../accounts/session";
import { Choice } from "../parts/Choice";
import { useLoad } from "../parts/load";
import { Switch } from "../parts/Switch";
import { to } from "../shell/route";
import { setTheme, theme, type Theme } from "../shell/theme";
import { day, number } from "../words/format";
import { choose, language, type Language } from "../words/language";
import { AuditLog } from "./AuditLog";
import "./settings.css";
import { word } from "./words";

interface Installation {
  version: string;
  site: string;
  name: string;
  zone: string;
  drill: boolean;
  accounts_open: boolean;
  broker: string | null;
  tiles: string | null;
  stations: number;
  devices: number;
  sirens: number;
  areas: number;
  rules: number;
  templates: number;
}

interface Thinned {
  series: string;
  of_seconds: number;
  before: string;
  readings: number;
  kept: number;
}

const thinnedTo = ({ of_seconds }: Thinned): string => word(of_seconds === 0 ? "nothingStays" : of_seconds === 60 ? "ofMinutes" : "ofHours");

/** This browser's page, one's account, who did what, and what is installed. */
export function Settings({ id }: { id: string | null }) {
  const is = id === "account" || id === "audit" ? id : "page";
  return (
    <div class="stack">
      <div class="head">
        <h1>{word("title")}</h1>
        <Switch label={word("title")} is={is} of={[["page", word("page"), to("settings")], ["account", word("account"), to("settings", "account")], ["audit", word("audit"), to("settings", "audit")]]} />
      </div>
      {is === "account" ? <Account /> : is === "audit" ? (may("Officer") ? <AuditLog /> : <p class="note">{word("notYours")}</p>) : <Page />}
    </div>
  );
}

function Page() {
  const [, redraw] = useState(0);
  const wall = `${location.origin}${location.pathname}?wall`;
  const { is: installed, wrong } = useLoad<Installation>("/api/installation");
  const { is: thinned } = useLoad<Thinned[]>("/api/readings/thinned");
  return (
    <div class="columns">
      <section class="card stack" aria-labelledby="page">
        <h2 id="page">{word("page")}</h2>
        <div class="setting"><span>{word("language")}</span>
          <Choice<Language> label={word("language")} is={language()} of={[["vi", "Tiếng Việt"], ["en", "English"]]} onChoose={(next) => { choose(next); dispatchEvent(new HashChangeEvent("hashchange")); }} />
        </div>
        <div class="setting"><span>{word("light")}</span>
          <Choice<Theme> label={word("light")} is={theme()} of={[["auto", word("auto")], ["day", word("day")], ["night", word("night")]]} onChoose={(next) => { setTheme(next); redraw((n) => n + 1); }} />
        </div>
        <div class="setting"><span>{word("wall")}</span><p class="soft">{word("wallText")}</p><p><a href={wall}><code>{wall}</code></a></p></div>
      </section>
      <section class="card stack" aria-labelledby="installed">
        <h2 id="installed">{word("installed")}</h2>
        {wrong && <p class="note bad" role="alert">{wrong}</p>}
        {installed && (
          <dl class="facts">
            <dt>{word("site")}</dt><dd>{installed.name} <span class="soft">({installed.site})</span></dd>
            {installed.version && <><dt>{word("version")}</dt><dd>{installed.version}</dd></>}
            {installed.drill && <><dt>{word("mode")}</dt><dd><strong>{word("drill")}</strong></dd></>}
            <dt>{word("zone")}</dt><dd>{installed.zone}</dd>
            <dt>{word("accounts")}</dt><dd>{word(installed.accounts_open ? "accountsOpen" : "accountsRequired")}</dd>
            <dt>{word("door")}</dt><dd>{installed.broker ?? word("ownDoor")}</dd>
            <dt>{word("ground")}</dt><dd>{installed.tiles ?? word("plainGround")}</dd>
            <dt>{word("size")}</dt><dd>{[installed.stations, installed.devices, installed.sirens, installed.areas, installed.rules, installed.templates].join(" / ")} <small class="line">{word("sizeOf")}</small></dd>
            {thinned && thinned.length > 0 && (
              <><dt>{word("thinned")}</dt>
                <dd>{thinned.map((one) => (
                  <span class="line" key={one.series + one.of_seconds}><code>{one.series}</code> {thinnedTo(one)}, {word("until")} {day(one.before)}: {number(one.kept)} / {number(one.readings)}</span>
                ))}<small class="line">{word("thinnedText")}</small></dd></>
            )}
          </dl>
        )}
      </section>
    </div>
  );
}

function Account() {
  const [session, setSession] = useState<Session | null>(signedIn);
  useEffect(() => {
    const end = onSession(setSession);
    return () => void end();
  }, []);
  if (!session?.name) return <section class="card stack"><p>{word("openText")}</p><p><code>canhlu user invite</code></p></section>;
  return (
    <div class="stack">
      <Me session={session} />
      <Sessions />
      {session.role === "Administrator" && <><Users /><Tokens /></>}
    </div>
  );
}
