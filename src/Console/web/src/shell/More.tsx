import { Icon } from "./icons";
import { to } from "./route";
import { nameOf } from "./Shell";

/** What has no place in the bar of a telephone. */
export const More = () => (
  <div class="stack">
    <h1>{nameOf("more")}</h1>
    <ul class="rows">
      {(["rules", "people", "settings"] as const).map((screen) => (
        <li key={screen}><a class="wide" href={to(screen)}><Icon of={screen} /> {nameOf(screen)}</a></li>
      ))}
    </ul>
  </div>
);
