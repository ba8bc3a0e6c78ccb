const remembered = "canhlu.person";

/** The name under which this browser's decisions are written down; asked for once. Null when the person gives none. */
export function whoIsOnDuty(question: string): string | null {
  const known = localStorage.getItem(remembered);
  if (known) return known;
  const given = prompt(question)?.trim();
  if (!given) return null;
  localStorage.setItem(remembered, given);
  return given;
}
