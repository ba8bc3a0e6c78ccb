import { useNow } from "../desk/context";
import type { Proposal } from "../desk/desk";
import { countdown, near, secondsBetween, span } from "../words/format";
import { levelName } from "../words/names";
import { word } from "./words";

/** Until when a decision still helps, as a sum on a line: decide, tell everybody, let the slowest ward leave, then the water is there. */
export function Safe({ proposal: { last_safe_moment: moment } }: { proposal: Proposal }) {
  const now = useNow();
  if (!moment) return null;
  const left = secondsBetween(now, moment.at);
  const [wait, tell, leave] = [Math.max(left, 0), moment.telling_s, moment.evacuation_s];
  const whole = Math.max(wait + tell + leave, 1);
  // A step that lasts seconds is still to be seen beside one that lasts hours.
  const share = (seconds: number) => ({ flexGrow: Math.max(seconds / whole, 0.06) });
  return (
    <section class="card stack safe" aria-labelledby="safe">
      <div class="head">
        <h3 id="safe">{word("safe")}: <strong>{near(moment.at, now)}</strong></h3>
        <span class={`end ${left < 0 ? "bad" : ""}`}>{left < 0 ? `${word("passed")} ${span(-left)}` : `${word("left")} ${countdown(left)}`}</span>
      </div>
      <p>
        {levelName(moment.level)} {word("expected")} <strong>{near(moment.expected_from, now)}</strong> − {span(tell)} {word("telling")} − {span(leave)} {word("evacuation")} = <strong>{near(moment.at, now)}</strong>
      </p>
      <div class="line" aria-hidden="true">
        {wait > 0 && <span class="step wait" style={share(wait)}>{word("left")} {span(wait)}</span>}
        <span class="step tell" style={share(tell)}>{word("telling")} {span(tell)}</span>
        {leave > 0 && <span class="step leave" style={share(leave)}>{word("evacuation")} {span(leave)}</span>}
        <span class={`end-mark level-${moment.level}`} />
      </div>
      {leave === 0 && <small>{word("noEvacuation")}</small>}
    </section>
  );
}
