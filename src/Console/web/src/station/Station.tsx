import { useMemo, useState } from "preact/hooks";
import { useDesk } from "../desk/context";
import type { Alarm, Broadcast, Station as Is } from "../desk/desk";
import { askFor } from "../parts/Ask";
import { useHeld } from "../parts/held";
import { Level } from "../parts/Level";
import { useLoad } from "../parts/load";
import { Trend } from "../parts/Trend";
import { to as linkTo } from "../shell/route";
import { clock, duration, fromField, metres, number, time, toField } from "../words/format";
import { pick } from "../words/language";
import { shortLevel } from "../words/names";
import type { Calibration } from "./Calibrations";
import { Chart, type Forecast } from "./Chart";
import { csvOf, saveAs } from "./csv";
import { Explain } from "./Explain";
import { Facts } from "./Facts";
import { Key } from "./Key";
import { type Decided, type Mark, marksOf, type Reached } from "./marks";
import { useRain } from "./rain";
import { Sign } from "./signs";
import { Staff, type StaffReading } from "./Staff";
import "./station.css";
import { bucketFor, type Bucket, continued, crossing, curveOf, dayS, longest, mostRaw, type Reading, readingsPath, shortest, type Stretch, zooms } from "./stretch";
import { useTide } from "./tide";
import { kindOf, word } from "./words";

const firstSpan = 3 * dayS;
/** What is asked of the engine because time goes on is asked this often at most. */
const askEveryMs = 5000;
/** How long a reading is on its way, for an alarm whose own reading is not at hand. */
const usualWayMs = 120_000;

const seconds = (at: string | number) => new Date(at).getTime() / 1000;

/** A moment to the minute, so that what is asked by it changes once a minute. */
const stepped = (at: number, round: (value: number) => number) => new Date(round(at / 60) * 60_000).toISOString();

/** One station: its curve over hours or years, what happened on it, and why its rules stood as they did. */
export function Station({ id, query }: { id: string; query: URLSearchParams }) {
  const { stations } = useDesk();
  const station = stations.find((one) => one.id === id);
  if (!station) return <p class="empty">{word("unknown")} <a href={linkTo("now")}>{word("back")}</a></p>;
  const index = stations.indexOf(station);
  return (
    <div class="stack station-screen">
      <Head station={station} above={stations[index - 1]} below={stations[index + 1]} />
      <Past station={station} asked={query.get("at")} />
    </div>
  );
}

function Head({ station, above, below }: { station: Is; above: Is | undefined; below: Is | undefined }) {
  return (
    <header class={`card risk station-head level-${station.level}`}>
      <div class="head">
        <h1>{station.name}</h1>
        <small>{pick(`sông ${station.river}`, `${station.river} river`)}</small>
        {station.ladder && <Level is={station.level} />}
        {station.silent && <strong class="bad">{word("silent")}</strong>}
        <nav class="end along-river no-print" aria-label={pick("Các trạm dọc sông", "Along the river")}>
          {above && <a href={linkTo("station", above.id)} aria-label={`${word("above")}: ${above.name}`}>← {above.name}</a>}
          <a href={linkTo("now")}>{word("back")}</a>
          {below && <a href={linkTo("station", below.id)} aria-label={`${word("below")}: ${below.name}`}>{below.name} →</a>}
        </nav>
      </div>
      {station.stage_m === null ? <p class="soft">{word("noReading")}</p> : (
        <p class="stage"><span class="figure">{number(station.stage_m, 2)} m</span> <Trend rate={station.rate_m_per_h} /> <strong>{pick(station.relation_vi, station.relation_en)}</strong></p>
      )}
    </header>
  );
}

/** The curve with everything that hangs on its stretch of time. */
function Past({ station, asked }: { station: Is; asked: string | null }) {
  const desk = useDesk();
  const now = seconds(desk.now);
  const heldNow = useHeld(now, askEveryMs);
  const askedAt = asked && !Number.isNaN(Date.parse(asked)) ? seconds(asked) : null;
  const [stretch, setStretch] = useState<Stretch>(() => ({ span: firstSpan, end: askedAt !== null && askedAt + firstSpan / 2 < now ? askedAt + firstSpan / 2 : null }));
  const [picked, setPicked] = useState<number | null>(askedAt === null ? null : askedAt * 1000);
  const [pointed, setPointed] = useState<string | null>(null);
  const [compared, setCompared] = useState<number | null>(null);
  const [tooMany, setTooMany] = useState(false);

  const { forecast: next, ladder } = station;
  const forecast: Forecast | null = next && ladder && next.level !== "None"
    ? { level: next.level, stage: ladder[next.level], from: seconds(next.from), middle: seconds(next.middle), to: next.to ? seconds(next.to) : null }
    : null;
  const { span, end } = stretch;
  const ahead = Math.max(span * 0.03, forecast ? Math.min(span * 0.4, ((forecast.to ?? 2 * forecast.middle - forecast.from) - now) * 1.1) : 0);
  const [from, until] = end === null ? [now - span, now + ahead] : [end - span, end];
  const width = Math.min(1200, innerWidth - 40);
  const [askFrom, askTo] = end === null ? [heldNow - span, heldNow] : [from, until];

  const readings = useLoad<(Reading | Bucket)[]>(readingsPath(station.id, askFrom, Math.min(askTo, heldNow), width, tooMany));
  if (!tooMany && readings.is && readings.is.length >= mostRaw) setTooMany(true);
  const asIs = useMemo(() => curveOf(readings.is ?? []), [readings.is]);
  const curve = useMemo(
    () => (end === null ? continued(asIs, station.recent, station.stage_m !== null && station.measured_at ? [seconds(station.measured_at), station.stage_m] : null) : asIs),
    [asIs, end, station.recent, station.measured_at],
  );

  const tide = useTide(station.id, askFrom, askTo, curve);
  const rain = useRain(desk.devices, station.id, askFrom, askTo);

  // What happened is asked for again when the desk shows that something did.
  const happened = useHeld(
    [
      desk.alarms.filter((one) => one.subject === station.id).map((one) => `${one.id}${one.peak}${one.ended_at ? "." : ""}`).join(),
      desk.proposals.map((one) => one.id).join(),
      desk.broadcasts.map((one) => `${one.id}${one.progress?.waiting ? "" : "."}`).join(),
    ].join("|"),
    2000,
  );
  const alarms = useLoad<Alarm[]>("/api/alarms?count=1000", happened);
  const proposals = useLoad<Decided[]>("/api/proposals?count=1000", happened);
  const broadcasts = useLoad<Broadcast[]>("/api/broadcasts?count=200", happened);
  const reached = useLoad<Reached[]>(`/api/stations/${encodeURIComponent(station.id)}/told?count=50`, happened);
  const all = useMemo(
    () => marksOf(station.id, alarms.is ?? [], proposals.is ?? [], broadcasts.is ?? [], reached.is ?? [], 0, Infinity),
    [station.id, alarms.is, proposals.is, broadcasts.is, reached.is],
  );
  const marks = all.filter(({ at }) => at / 1000 >= from && at / 1000 <= until);

  const onStaff = useLoad<StaffReading[]>(`/api/stations/${encodeURIComponent(station.id)}/staff?from=${stepped(askFrom - 60, Math.floor)}&to=${stepped(Math.min(askTo, heldNow) + 60, Math.ceil)}`);
  const calibrated = useLoad<Calibration[]>(`/api/stations/${encodeURIComponent(station.id)}/calibrations`, happened);
  const restated = () => [onStaff, calibrated, readings].forEach((one) => one.again());
  const staff = useMemo(() => (onStaff.is ?? []).map((one): [number, number] => [seconds(one.read_at), one.metres]), [onStaff.is]);

  const floods = (alarms.is ?? []).filter((one) => one.subject === station.id && one.cause === "Threshold").sort((a, b) => b.opened_at.localeCompare(a.opened_at));
  const standing = floods.find((one) => seconds(one.opened_at) >= from && seconds(one.opened_at) <= until);
  const past = usePast(station, compared, standing ? seconds(standing.opened_at) : null, curve, now);

  const zoomTo = (begin: number, finish: number) => {
    const wide = Math.min(longest, Math.max(shortest, finish - begin));
    const middle = (begin + finish) / 2;
    setTooMany(false);
    setStretch({ span: wide, end: middle + wide / 2 >= now ? null : middle + wide / 2 });
  };
  const move = (by: number) => {
    const to = (end ?? now) + by * span * 0.75;
    setStretch({ span, end: to >= now ? null : to });
  };
  const [every, everyS] = bucketFor(span, width);
  const says = `${word("curve")} ${station.name}, ${time(from * 1000)} – ${time(Math.min(until, now) * 1000)}`;
  const compare = (value: string) => {
    if (value === "other") askForMoment(compared ?? now - 365 * dayS, setCompared);
    else setCompared(value ? Number(value) : null);
  };
  return (
    <div class="past">
      <div class="side">
        <section class="card curve" aria-labelledby="curve">
          <div class="head">
            <h2 id="curve">{word("curve")}</h2>
            <small>{clock(from * 1000)} – {clock(Math.min(until, now) * 1000)}</small>
          </div>
          <div class="tools no-print">
            <div class="zooms" role="group" aria-label={word("window")}>
              {zooms.map(([name, wide]) => (
                <button key={name} type="button" class="small" aria-pressed={Math.abs(span - wide) < 60} onClick={() => { setTooMany(false); setStretch({ span: wide, end: end === null || wide > span * 300 ? null : Math.min(now, end - span / 2 + wide / 2) >= now ? null : end - span / 2 + wide / 2 }); }}>{word(name)}</button>
              ))}
            </div>
            <div class="moves">
              <button type="button" class="small" onClick={() => move(-1)} aria-label={word("earlier")} title={word("earlier")}>◀</button>
              <button type="button" class="small" onClick={() => move(1)} disabled={end === null} aria-label={word("later")} title={word("later")}>▶</button>
              <button type="button" class="small" onClick={() => setStretch({ span, end: null })} disabled={end === null}>{word("toNow")}</button>
            </div>
          </div>
          {readings.wrong && <p class="note bad" role="alert">{readings.wrong}</p>}
          <Chart
            curve={curve} calm={tide.calm} rain={rain} past={past} from={from} to={until} now={now} ladder={ladder} forecast={end === null ? forecast : null} marks={marks} staff={staff}
            picked={picked === null ? null : picked / 1000} pointed={pointed} says={says}
            onPick={(at, mark) => setPicked(mark ? knownAt(mark, readings.is) : Math.round(at * 1000))} onPoint={setPointed} onZoom={zoomTo}
          />
          {readings.is && curve.x.length === 0 && <p class="soft">{word("nothing")}</p>}
          <Key hasForecast={end === null && !!forecast} hasPast={!!past} hasCalm={!!tide.calm} waitsForTide={tide.isAwaited} hasRain={!!rain} hasStaff={staff.length > 0} every={curve.every ? duration(everyS) : null} />
          <small class="no-print help">{word("help")}</small>
          <div class="tools no-print">
            <label class="comparing">
              {word("comparing")}
              <select value={compared ?? ""} onChange={(event) => compare(event.currentTarget.value)}>
                <option value="">{word("noPast")}</option>
                {floods.filter((one) => one !== standing).slice(0, 40).map((one) => (
                  <option key={one.id} value={seconds(one.opened_at)}>{time(one.opened_at)}/{one.opened_at.slice(0, 4)} · {shortLevel(one.peak)}{one.peak_stage_m !== null && ` · ${metres(one.peak_stage_m)}`}</option>
                ))}
                {compared !== null && !floods.some((one) => seconds(one.opened_at) === compared) && <option value={compared}>{clock(compared * 1000)}</option>}
                <option value="other">{word("otherMoment")}</option>
              </select>
            </label>
            <button type="button" disabled={!readings.is?.length} onClick={() => saveAs(`${station.id}-${toField(from * 1000).slice(0, 10)}-${curve.every ? every : "raw"}.csv`, csvOf(readings.is ?? []))}>{word("csv")}</button>
          </div>
        </section>
        <Marks marks={marks} curve={curve} pointed={pointed} onPoint={setPointed} onPick={(mark) => setPicked(knownAt(mark, readings.is))} />
      </div>
      <div class="side">
        <Explain station={station.id} at={picked} now={desk.now} onAt={setPicked} />
        <Staff station={station} all={onStaff.is ?? []} calibrations={calibrated.is ?? []} again={restated} />
        <Facts station={station} />
      </div>
    </div>
  );
}

/** A past flood moved in time, so that it passes báo động I when this one does. */
function usePast(station: Is, moment: number | null, standsSince: number | null, curve: ReturnType<typeof curveOf>, now: number) {
  const [before, after] = [5 * dayS, 10 * dayS];
  const { is } = useLoad<(Reading | Bucket)[]>(moment === null ? null : readingsPath(station.id, moment - before, Math.min(moment + after, now), 1600, true));
  return useMemo(() => {
    if (moment === null || !is || is.length === 0) return null;
    const old = curveOf(is);
    const first = station.ladder?.I ?? null;
    const mean = (old.every ?? 0) / 2;
    const passed = first === null ? null : nearestCrossing(old, first, moment);
    const present = standsSince ?? (first === null ? null : crossing(curve, first)) ?? now;
    const by = present - (passed === null ? moment : passed - mean);
    return { x: old.x.map((at) => at + by), y: old.mid };
  }, [is, moment, standsSince, station.ladder?.I, standsSince === null ? curve : null]);
}

function nearestCrossing(curve: ReturnType<typeof curveOf>, stage: number, moment: number): number | null {
  let found: number | null = null;
  for (let i = 1; i < curve.x.length; i++) {
    const [before, here, at] = [curve.high[i - 1], curve.high[i], curve.x[i]!];
    if (before == null || here == null || before >= stage || here < stage) continue;
    if (found === null || Math.abs(at - moment) < Math.abs(found - moment)) found = at;
  }
  return found;
}

const askForMoment = (about: number, choose: (at: number) => void) => askFor({
  title: word("comparing"),
  text: word("otherText"),
  fields: [{ name: "at", label: word("otherAt"), kind: "datetime-local", value: toField(about * 1000) }],
  action: word("compare"),
  does: ({ at }) => {
    choose(seconds(fromField(at ?? "")));
    return Promise.resolve(null);
  },
});

/** When the engine knew what an alarm rose or ended by: its time is the river's, and the reading came a little later. */
function knownAt({ kind, at }: Mark, answer: (Reading | Bucket)[] | null): number {
  if (kind !== "rise" && kind !== "end") return at;
  const by = (answer ?? []).find((one): one is Reading => "measured_at" in one && new Date(one.measured_at).getTime() === at);
  return by ? new Date(by.received_at).getTime() + 1 : at + usualWayMs;
}

/** What happened in the stretch, in the order of time; pointing here points on the curve too. */
function Marks({ marks, curve, pointed, onPoint, onPick }: {
  marks: Mark[];
  curve: ReturnType<typeof curveOf>;
  pointed: string | null;
  onPoint: (key: string | null) => void;
  onPick: (mark: Mark) => void;
}) {
  return (
    <section class="card happened" aria-labelledby="happened">
      <h2 id="happened">{word("marks")}</h2>
      {marks.length === 0 ? <p class="soft">{word("noMarks")}</p> : (
        <ol class="marks">
          {[...marks].reverse().map((mark) => (
            <li key={mark.key} class={mark.key === pointed ? "pointed" : ""} onMouseEnter={() => onPoint(mark.key)} onMouseLeave={() => onPoint(null)}>
              <button type="button" class="quiet" title={word("showThere")} onClick={() => onPick(mark)} onFocus={() => onPoint(mark.key)} onBlur={() => onPoint(null)}>
                <Sign of={mark} />
                <time>{time(mark.at)}</time>
                <span class="what"><strong>{kindOf(mark.kind)}</strong> {mark.says}</span>
                <span class="stood">{stageAt(curve, mark.at / 1000)}</span>
              </button>
              {mark.href && <a class="button quiet-link" href={mark.href} aria-label={`${word("open")}: ${kindOf(mark.kind)} ${mark.says}`}>→</a>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** The water at a moment, as the curve has it. */
function stageAt({ x, mid }: ReturnType<typeof curveOf>, at: number): string {
  let stage: number | null = null;
  for (let i = 0; i < x.length && x[i]! <= at; i++) stage = mid[i] ?? stage;
  return stage === null ? "" : metres(stage);
}
