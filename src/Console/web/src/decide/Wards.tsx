import type { Area } from "../parts/areas";
import { number } from "../words/format";
import { word } from "./words";

/** The wards that are told, each with its people, to be ticked. */
export const Wards = ({ all, ticked, onTick }: { all: Area[]; ticked: Set<string>; onTick: (next: Set<string>) => void }) => (
  <fieldset>
    <legend>{word("areas")}</legend>
    <div class="wards">
      {all.map((area) => (
        <label key={area.ward_code} class="check">
          <input
            type="checkbox"
            checked={ticked.has(area.ward_code)}
            onChange={(event) => {
              const next = new Set(ticked);
              if (event.currentTarget.checked) next.add(area.ward_code);
              else next.delete(area.ward_code);
              onTick(next);
            }}
          />
          {area.name} <span class="soft">{number(area.recipients)} {word("people")}</span>
        </label>
      ))}
    </div>
    {ticked.size === 0 && <small class="bad" role="alert">{word("oneArea")}</small>}
  </fieldset>
);
