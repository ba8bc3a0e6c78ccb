import { number } from "../words/format";
import { pick } from "../words/language";

/** An arrow needs more than the gauge's own noise: 2 cm an hour. */
const steady = 0.02;

/** The rate of rise with its arrow; metres an hour. */
export function Trend({ rate }: { rate: number | null }) {
  if (rate === null) return null;
  const [arrow, says] = rate > steady ? ["▲", pick("lên", "rising")] : rate < -steady ? ["▼", pick("xuống", "falling")] : ["▬", pick("đứng", "steady")];
  return (
    <span class="trend">
      <span aria-hidden="true">{arrow}</span> <span class="out-of-sight">{says}</span>
      {number(Math.abs(rate) * 100)} {pick("cm/giờ", "cm/h")}
    </span>
  );
}
