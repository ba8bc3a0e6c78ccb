import { askFor, type AskField } from "../parts/Ask";
import { useLoad } from "../parts/load";
import { send } from "../parts/send";
import { time } from "../words/format";
import { role } from "./Card";
import { type Role, type Session, signOut } from "./session";
import { word } from "./words";

interface Open {
  id: number;
  name: string;
  began_at: string;
  seen_at: string;
  address: string;
  agent: string;
  is_this: boolean;
}

interface User {
  id: number;
  name: string;
  role: Role;
  areas: string[];
  officer: number | null;
  decides_as: string;
  has_second_factor: boolean;
  is_locked: boolean;
}

interface Token {
  id: number;
  name: string;
  role: Role;
  areas: string[];
  made_at: string;
  made_by: string;
  until_at: string | null;
}

const roles: Role[] = ["Viewer", "Technician", "Officer", "Commander", "Administrator"];
const rolesOf = (which: Role[]): [string, string][] => which.map((one) => [one, role(one)]);
const codes = (text: string | undefined) => (text ?? "").split(",").map((one) => one.trim()).filter(Boolean);
const where = (areas: string[]) => (areas.length > 0 ? areas.join(", ") : word("everywhere"));

/** Sends, and says what came of it; a link or a secret is shown this once. */
async function said(path: string, body: object, again: () => void): Promise<string | null> {
  const answer = await send<{ path?: string; token?: string } | null>(path, body);
  if ("wrong" in answer) return answer.wrong;
  again();
  const { path: link, token } = answer.done ?? {};
  const once = link ? `${location.origin}${link}` : token;
  if (once) setTimeout(() => askFor({ title: word(link ? "linkFor" : "secretFor"), once, action: word("kept"), does: async () => null }));
  return null;
}

/** Who is signed in, and with what rights. */
export function Me({ session }: { session: Session }) {
  const change = () => askFor({
    title: word("changePassword"), text: word("othersEnd"), action: word("changePassword"),
    fields: [{ name: "old", label: word("password"), kind: "password" }, { name: "password", label: word("newPassword"), kind: "password" }],
    does: ({ old, password }) => said("/api/session/password", { old, password }, () => {}),
  });
  return (
    <section class="card stack tight" aria-labelledby="me">
      <h2 id="me">{session.name}</h2>
      <dl class="facts">
        <dt>{word("role")}</dt><dd>{role(session.role)}</dd>
        <dt>{word("decidesAs")}</dt><dd>{session.decides_as}</dd>
        <dt>{word("wards")}</dt><dd>{where(session.areas ?? [])}</dd>
        {session.until_at && <><dt>{word("until")}</dt><dd>{time(session.until_at)}</dd></>}
      </dl>
      <div class="actions">
        <button type="button" onClick={change}>{word("changePassword")}</button>
        <button type="button" class="danger" onClick={() => void signOut()}>{word("signOut")}</button>
      </div>
    </section>
  );
}

export function Sessions() {
  const { is: all, wrong, again } = useLoad<Open[]>("/api/sessions");
  const end = (one: Open) => askFor({ title: `${word("end")}: ${one.name}`, text: `${one.address} · ${one.agent}`, isDanger: true, action: word("end"), does: () => said(`/api/sessions/${one.id}/end`, {}, again) });
  return (
    <section class="stack tight" aria-labelledby="sessions">
      <h2 id="sessions">{word("sessions")}</h2>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      <ul class="rows">
        {all?.map((one) => (
          <li key={one.id}>
            <span class="grow">
              <strong>{one.name}</strong> {one.is_this && <span class="badge">{word("here")}</span>}
              <small class="line">{word("since")} {time(one.began_at)} · {word("seen")} {time(one.seen_at)} · {one.address} · {one.agent}</small>
            </span>
            <button type="button" class="quiet" onClick={() => end(one)}>{word("end")}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const areaField = (areas: string[] = []): AskField => ({ name: "areas", label: word("areas"), value: areas.join(", "), optional: true });

/** Everybody's accounts, for an administrator. */
export function Users() {
  const { is: all, wrong, again } = useLoad<User[]>("/api/users");
  const { is: officers } = useLoad<{ id: number; name: string }[]>("/api/officers");
  const officerField = (is: number | null): AskField => ({
    name: "officer", label: word("decidesAs"), kind: "select", optional: true, value: is === null ? "" : String(is),
    options: [["", word("ownName")], ...(officers ?? []).map(({ id, name }): [string, string] => [String(id), name])],
  });
  const given = ({ role: as, areas, officer }: Record<string, string>) => ({ role: as, areas: codes(areas), officer: officer ? Number(officer) : null });
  const invite = () => askFor({
    title: word("invite"), text: word("inviteText"), action: word("invite"),
    fields: [{ name: "name", label: word("name"), maxLength: 100 }, { name: "role", label: word("role"), kind: "select", options: rolesOf(roles) }, areaField(), officerField(null)],
    does: (form) => said("/api/invitations", { name: form["name"], ...given(form) }, again),
  });
  const change = (user: User) => askFor({
    title: `${word("change")}: ${user.name}`, action: word("change"),
    fields: [{ name: "role", label: word("role"), kind: "select", value: user.role, options: rolesOf(roles) }, areaField(user.areas), officerField(user.officer)],
    does: (form) => said(`/api/users/${user.id}`, given(form), again),
  });
  const reset = (user: User) => askFor({ title: `${word("reset")}: ${user.name}`, text: word("resetText"), action: word("reset"), does: () => said(`/api/users/${user.id}/reset`, {}, again) });
  const end = (user: User) => askFor({ title: `${word("end")}: ${user.name}`, text: word("endText"), isDanger: true, action: word("end"), does: () => said(`/api/users/${user.id}/end`, {}, again) });
  return (
    <section class="stack tight" aria-labelledby="users">
      <div class="head"><h2 id="users">{word("users")}</h2><button type="button" class="end" onClick={invite}>{word("invite")}</button></div>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      <ul class="rows">
        {all?.map((user) => (
          <li key={user.id}>
            <span class="grow">
              <strong>{user.name}</strong> <span class="badge">{role(user.role)}</span> {user.is_locked && <span class="badge">{word("locked")}</span>}
              <small class="line">{where(user.areas)}{user.decides_as !== user.name && ` · ${user.decides_as}`} · {word(user.has_second_factor ? "hasSecond" : "noSecond")}</small>
            </span>
            <button type="button" class="quiet" onClick={() => change(user)}>{word("change")}</button>
            <button type="button" class="quiet" onClick={() => reset(user)}>{word("reset")}</button>
            <button type="button" class="quiet" onClick={() => end(user)}>{word("end")}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Tokens of programs, for an administrator. */
export function Tokens() {
  const { is: all, wrong, again } = useLoad<Token[]>("/api/tokens");
  const make = () => askFor({
    title: word("makeToken"), text: word("makeTokenText"), action: word("makeToken"),
    fields: [
      { name: "name", label: word("name"), maxLength: 100 },
      { name: "role", label: word("role"), kind: "select", options: rolesOf(["Viewer", "Technician"]) },
      areaField(),
      { name: "days", label: word("days"), kind: "number", min: 1, max: 3650, optional: true },
    ],
    does: ({ name, role: as, areas, days }) => said("/api/tokens", { name, role: as, areas: codes(areas), days: days ? Number(days) : null }, again),
  });
  const end = (one: Token) => askFor({ title: `${word("end")}: ${one.name}`, isDanger: true, action: word("end"), does: () => said(`/api/tokens/${one.id}/end`, {}, again) });
  return (
    <section class="stack tight" aria-labelledby="tokens">
      <div class="head"><h2 id="tokens">{word("tokens")}</h2><button type="button" class="end" onClick={make}>{word("makeToken")}</button></div>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {all?.length === 0 && <p class="soft">{word("noTokens")}</p>}
      {all && all.length > 0 && (
        <ul class="rows">
          {all.map((one) => (
            <li key={one.id}>
              <span class="grow"><strong>{one.name}</strong> <span class="badge">{role(one.role)}</span><small class="line">{where(one.areas)} · {one.made_by}, {time(one.made_at)}{one.until_at && ` · ${word("until")} ${time(one.until_at)}`}</small></span>
              <button type="button" class="quiet" onClick={() => end(one)}>{word("end")}</button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
