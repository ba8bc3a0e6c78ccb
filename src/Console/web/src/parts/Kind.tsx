import type { Broadcast, Level as Is } from "../desk/desk";
import { levelName } from "../words/names";
import { pick } from "../words/language";
import { Level } from "./Level";

/** What sort of bulletin it is: a level for a warning, a word for everything else. */
export const Kind = ({ of: { kind, level } }: { of: { kind: Broadcast["kind"]; level: Is } }) =>
  kind === "Warning" ? <Level is={level} /> : <span class="badge">{kindOf(kind, level)}</span>;

export const kindOf = (kind: Broadcast["kind"], level: Is): string =>
  kind === "AllClear" ? pick("Tin kết thúc", "All-clear") : kind === "Announcement" ? pick("Thông báo", "Announcement") : levelName(level);
