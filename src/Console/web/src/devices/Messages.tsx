import { useEffect, useRef, useState } from "preact/hooks";
import { ask, sentenceOf } from "../accounts/session";
import { pick } from "../words/language";
import { word } from "./words";

interface Message {
  key: number;
  at: string;
  topic: string;
  text: string;
  length: number;
  retained: boolean;
}

const most = 200;
const again = 3_000;
const exactly = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** What a device publishes, as it comes in, the newest first; it can be paused to be read. */
export function Messages({ device }: { device: string }) {
  const [isOn, setOn] = useState(false);
  return (
    <section class="stack tight no-print" aria-labelledby="live">
      <div class="head">
        <h2 id="live">{word("live")}</h2>
        <button type="button" class="end" onClick={() => setOn(!isOn)}>{word(isOn ? "stopWatching" : "watch")}</button>
      </div>
      {isOn ? <Watched key={device} device={device} /> : <p class="soft">{word("liveText")}</p>}
    </section>
  );
}

function Watched({ device }: { device: string }) {
  const [shown, setShown] = useState<Message[]>([]);
  const [isPaused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const [dropped, setDropped] = useState(0);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isCut, setCut] = useState(false);
  const all = useRef<Message[]>([]);
  const paused = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    let key = 0;
    const take = (kind: string, data: string) => {
      if (kind === "dropped") setDropped((n) => n + (JSON.parse(data) as { count: number }).count);
      if (kind !== "message") return;
      all.current = [{ ...(JSON.parse(data) as Omit<Message, "key">), key: ++key }, ...all.current].slice(0, most);
      if (paused.current) setWaiting((n) => n + 1);
      else setShown(all.current);
    };
    void (async () => {
      while (!stop.signal.aborted) {
        const refused = await follow(`/api/devices/${encodeURIComponent(device)}/messages`, take, () => setCut(false), stop.signal);
        if (stop.signal.aborted) return;
        setWrong(refused);
        if (refused) return;
        setCut(true);
        await new Promise((resolve) => setTimeout(resolve, again));
      }
    })();
    return () => stop.abort();
  }, [device]);
  const turn = () => {
    paused.current = !isPaused;
    setPaused(!isPaused);
    setWaiting(0);
    setShown(all.current);
  };
  if (wrong) return <p class="note bad" role="alert">{wrong}</p>;
  return (
    <>
      <div class="actions">
        <button type="button" onClick={turn}>{word(isPaused ? "goOn" : "pause")}</button>
        {isPaused && waiting > 0 && <span class="soft">{waiting} {word("paused")}</span>}
        <span class="soft">{word("forgotten").replace("{most}", String(most))}</span>
      </div>
      {isCut && <p class="note bad" role="status">{word("cut")}</p>}
      {dropped > 0 && <p class="note bad" role="status">{dropped} {word("dropped")}</p>}
      {shown.length === 0 && <p class="empty">{word("waitingForMessages")}</p>}
      {shown.length > 0 && (
        <ol class="messages" tabIndex={0} aria-label={word("live")}>
          {shown.map((one) => (
            <li key={one.key}>
              <span class="soft"><time dateTime={one.at}>{exactly.format(new Date(one.at))}</time> · <code>{one.topic}</code> · {one.length} {word("bytes")}{one.retained && ` · ${word("retained")}`}</span>
              <pre class="raw">{one.text}{one.length > 2048 && " …"}</pre>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** Reads server-sent events until the line ends (null), or says why the engine gives none. fetch and not EventSource: that would not tell the reason. */
async function follow(path: string, take: (kind: string, data: string) => void, onOpen: () => void, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await ask(path, { signal, headers: { Accept: "text/event-stream" } });
    if (!answer.ok) return sentenceOf(answer.status, (await answer.json().catch(() => null)) as { detail?: string } | null);
    onOpen();
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = "";;) {
      const { value, done } = await reader.read();
      if (done) return null;
      const events = (rest + value).split("\n\n");
      rest = events.pop()!;
      for (const event of events) {
        const lines = event.split("\n");
        const of = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
        take(of("event"), of("data"));
      }
    }
  } catch (failure) {
    // The line is lost, or the person has gone on.
    return failure instanceof SyntaxError ? pick("Máy chủ nói điều trang này không hiểu.", "The engine says what this page does not understand.") : null;
  }
}
