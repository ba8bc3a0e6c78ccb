/** Who is signed in at this browser, and every request in that name. */

import { forget } from "../desk/follow";

export type Role = "Viewer" | "Technician" | "Officer" | "Commander" | "Administrator";

export interface Session {
  accounts: "open" | "required";
  name: string | null;
  decides_as: string | null;
  role: Role | null;
  areas: string[] | null;
  must_enrol: boolean;
  csrf: string | null;
  until_at: string | null;
  sign_on: boolean;
}

export interface Problem {
  status: number;
  detail: string;
  needs?: "code";
}

/** Who was signed in is remembered, without what would prove it, so that a page without a line can still show what it last heard. */
const remembered = "canhlu.session";

let session: Session | null = null;
const listeners = new Set<(now: Session | null) => void>();

/** Tells of every change of who is signed in; the answer ends it. */
export function onSession(listener: (now: Session | null) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes over who is signed in, as the engine has said it. */
export function setSession(now: Session) {
  session = now;
  localStorage.setItem(remembered, JSON.stringify({ ...now, csrf: null }));
  if (now.accounts === "required" && !now.name) forget();
  for (const listener of listeners) listener(now);
}

/** Asks the engine who is signed in. While it cannot be reached, what was so stays. */
export async function refreshSession(): Promise<void> {
  try {
    const answer = await fetch("/api/session");
    if (answer.ok) setSession((await answer.json()) as Session);
  } catch {
    // The page itself says that the line is lost.
    const known = session ?? (JSON.parse(localStorage.getItem(remembered) ?? "null") as Session | null);
    if (!session && known) for (const listener of listeners) listener(known);
  }
}

/** The name under which decisions are written down; null where nobody signs in. */
export const signedName = (): string | null => session?.decides_as ?? null;

const roles: Role[] = ["Viewer", "Technician", "Officer", "Commander", "Administrator"];

/** Who is signed in; null before the engine has said. */
export const signedIn = (): Session | null => session;

/** Whether the person may do what asks for a role; where nobody signs in, everybody may. */
export const may = (least: Role): boolean => session === null || session.accounts === "open" || (session.role !== null && roles.indexOf(session.role) >= roles.indexOf(least));

/** fetch, with the sign that this page sent it; whoever is no longer signed in is asked again. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (session?.csrf) headers.set("X-CSRF-Token", session.csrf);
  const answer = await fetch(path, { ...init, headers });
  if (answer.status === 401) void refreshSession();
  return answer;
}

/** Why not, as a sentence for the person: what problem+json says, else the status. */
export const sentenceOf = (status: number, problem: { title?: string; detail?: string } | null): string => problem?.detail ?? problem?.title ?? `HTTP ${status}`;

/** Sends JSON; the answer is what came back, or why not. */
export async function tell<T>(method: string, path: string, body?: object): Promise<{ done: T } | { problem: Problem }> {
  try {
    const answer = await ask(path, body ? { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : { method });
    const text = await answer.text();
    const json = text ? JSON.parse(text) : null;
    return answer.ok ? { done: json as T } : { problem: { status: answer.status, detail: sentenceOf(answer.status, json), needs: json?.needs } };
  } catch {
    return { problem: { status: 0, detail: "Không tới được máy chủ. / The engine cannot be reached." } };
  }
}

export async function signOut(): Promise<void> {
  await tell("DELETE", "/api/session");
  await refreshSession();
}
