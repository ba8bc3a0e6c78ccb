/** The language that a person chose, Vietnamese first; remembered in this browser. */

export type Language = "vi" | "en";

const remembered = "canhlu.language";
let chosen: Language = localStorage.getItem(remembered) === "en" ? "en" : "vi";
document.documentElement.lang = chosen;

export const language = (): Language => chosen;

/** Chooses; whoever draws the page draws it anew. */
export function choose(next: Language) {
  chosen = next;
  localStorage.setItem(remembered, next);
  document.documentElement.lang = next;
}

/** One of two, by the language: pick("người", "people"). */
export const pick = <T>(vi: T, en: T): T => (chosen === "vi" ? vi : en);

/** A screen's words, each in both languages; the answer gives one in the language chosen. */
export const words =
  <K extends string>(both: Record<K, readonly [vi: string, en: string]>) =>
  (key: K): string =>
    both[key][chosen === "vi" ? 0 : 1];
