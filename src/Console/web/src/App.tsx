import { useEffect, useState } from "preact/hooks";
import { Alarms } from "./Alarms";
import { Bulletins } from "./Bulletins";
import { type Desk, follow, type Link } from "./desk";
import { Devices } from "./Devices";
import { Maintenance } from "./Maintenance";
import { Proposals } from "./Proposals";
import { Reservoirs } from "./Reservoirs";
import { River } from "./River";
import { clock, type Language, word } from "./words";

const remembered = "canhlu.language";

export function App() {
  const [desk, setDesk] = useState<Desk | null>(null);
  const [link, setLink] = useState<Link>("connecting");
  const [language, setLanguage] = useState<Language>(localStorage.getItem(remembered) === "en" ? "en" : "vi");
  useEffect(() => follow(setDesk, setLink), []);
  useEffect(() => {
    localStorage.setItem(remembered, language);
    document.documentElement.lang = language;
  }, [language]);

  const note = language === "vi" ? desk?.note_vi : desk?.note_en;
  return (
    <>
      <header>
        <h1>{word(language, "title")}</h1>
        <span class="site">{desk?.site}</span>
        <time>{desk && clock(language, desk.now)}</time>
        <span class={`link ${link}`} role="status">{word(language, link)}</span>
        <button type="button" class="language" onClick={() => setLanguage(language === "vi" ? "en" : "vi")}>
          {language === "vi" ? "English" : "Tiếng Việt"}
        </button>
      </header>
      {note && <p class="note">{note}</p>}
      {desk && !desk.ready && (
        <p class="note bad" role="alert">{word(language, "notReady")}: {desk.not_ready_because}</p>
      )}
      {desk && (
        <main>
          <Proposals desk={desk} language={language} />
          <River desk={desk} language={language} />
          <Reservoirs desk={desk} language={language} />
          <Alarms desk={desk} language={language} />
          <Bulletins desk={desk} language={language} />
          <Maintenance desk={desk} language={language} />
          <Devices desk={desk} language={language} />
        </main>
      )}
    </>
  );
}
