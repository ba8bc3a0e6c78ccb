import { pick } from "../words/language";
import { word } from "./words";

/** What the picture's signs mean, besides those of the list. */
export const Key = ({ hasForecast, hasPast, hasCalm, waitsForTide, hasRain, hasStaff, every }: {
  hasForecast: boolean;
  hasPast: boolean;
  hasCalm: boolean;
  waitsForTide: boolean;
  hasRain: boolean;
  hasStaff: boolean;
  every: string | null;
}) => (
  <p class="key">
    <span><i class="k-line" /> {word("stage")}{every ? `: ${word("mean")}` : ""}</span>
    {every && <span><i class="k-band" /> {word("range")}</span>}
    <span><i class="k-suspect" /> {word("suspect")}</span>
    <span><i class="k-failed">×</i> {word("failed")}</span>
    {hasCalm && <span><i class="k-calm" /> {word("calm")}</span>}
    {hasRain && <span><i class="k-rain" /> {word("rain")}</span>}
    {hasForecast && <span><i class="k-forecast" /> {word("forecast")}</span>}
    {hasStaff && <span><i class="k-staff" /> {word("staff")}</span>}
    {hasPast && <span><i class="k-past" /> {word("past")}</span>}
    {waitsForTide && <small>{word("noTide")}</small>}
    <small>{every ? `${word("each")} ${every}` : word("raw")}{pick(", giờ Việt Nam", ", Vietnam's time")}</small>
  </p>
);
