import { signedName } from "./accounts/session";

const remembered = "canhlu.person";

/** The name under which this browser's decisions are written down: of whoever is signed in, else asked for once. Null when the person gives none. */
export function whoIsOnDuty(question: string): string | null {
  // Whoever is signed in decides under that name, and no other.
  const signed = signedName();
  if (signed) return signed;
  const known = localStorage.getItem(remembered);
  if (known) return known;
  const given = prompt(question)?.trim();
  if (!given) return null;
  localStorage.setItem(remembered, given);
  return given;
}
