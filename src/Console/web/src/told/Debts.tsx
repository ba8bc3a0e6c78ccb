import { useDesk } from "../desk/context";
import { useLoad } from "../parts/load";
import { to } from "../shell/route";
import { number } from "../words/format";
import { word } from "./words";

interface Debt {
  station: string;
  station_name: string;
  rule: string;
  rule_name: string;
  episode: number;
  made: number;
  paid: number;
  unreachable: number;
  open: number;
}

/** Whoever was warned is owed the all-clear: who has had it, who waits, and who cannot be reached. */
export function Debts() {
  const desk = useDesk();
  const settled = desk.broadcasts.map((one) => `${one.id} ${one.progress?.waiting}`).join();
  const { is, wrong } = useLoad<Debt[]>("/api/debts", settled, desk.alarms.length);
  return (
    <section class="stack" aria-labelledby="debts">
      <h2 id="debts">{word("debts")}</h2>
      <p>{word("debtsText")}</p>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {is?.length === 0 && <p class="empty">{word("noDebts")}</p>}
      {is && is.length > 0 && (
        <ul class="rows debts">
          {is.map((debt) => {
            const stands = desk.alarms.some((alarm) => alarm.id === debt.episode && !alarm.ended_at);
            return (
              <li key={`${debt.station} ${debt.rule} ${debt.episode}`}>
                <div class="stack">
                  <p><a href={to("station", debt.station)}><strong>{debt.station_name}</strong></a> <span class="soft">{debt.rule_name}</span></p>
                  <p>
                    {debt.open === 0 && debt.unreachable === 0 && <span class="good">✓ {word("allPaid")}</span>}
                    {debt.open > 0 && <strong>{number(debt.open)} {word("openSays")}</strong>}
                    {debt.open > 0 && stands && <span class="soft"> ({word("stillOn")})</span>}
                    {debt.open > 0 && debt.unreachable > 0 && " · "}
                    {debt.unreachable > 0 && <span class="bad">{number(debt.unreachable)} {word("lostSays")}</span>}
                  </p>
                </div>
                <dl class="sums end">
                  <div><dt>{word("made")}</dt><dd>{number(debt.made)}</dd></div>
                  <div><dt>{word("paid")}</dt><dd>{number(debt.paid)}</dd></div>
                  <div><dt>{word("open")}</dt><dd>{number(debt.open)}</dd></div>
                  <div><dt>{word("unreachable")}</dt><dd>{number(debt.unreachable)}</dd></div>
                </dl>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
