import { useEffect, useState } from "preact/hooks";
import { role } from "./Card";
import { type Role, type Session, signOut, tell } from "./session";
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
  decides_as: string;
}

const roles: Role[] = ["Viewer", "Technician", "Officer", "Commander", "Administrator"];
const when = (iso: string) => new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

/** Who is signed in, at the foot of the page: sessions, and for an administrator everybody's accounts. */
export function Account({ session }: { session: Session }) {
  const [shown, setShown] = useState(false);
  return (
    <footer class="account">
      <span>{session.name} · {role(session.role)}{session.areas?.length ? ` · ${session.areas.join(", ")}` : ""}</span>
      <button type="button" aria-expanded={shown} onClick={() => setShown(!shown)}>{word(shown ? "close" : "account")}</button>
      <button type="button" onClick={() => void signOut()}>{word("signOut")}</button>
      {shown && <Sessions />}
      {shown && session.role === "Administrator" && <Users />}
    </footer>
  );
}

function Sessions() {
  const [all, setAll] = useState<Open[]>([]);
  const load = async () => {
    const answer = await tell<Open[]>("GET", "/api/sessions");
    if ("done" in answer) setAll(answer.done);
  };
  useEffect(() => void load(), []);
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{word("sessions")}</h2>
      <ul class="rows">
        {all.map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong> {one.is_this && <span>({word("here")})</span>}
            <span class="age">{word("since")} {when(one.began_at)} · {word("seen")} {when(one.seen_at)} · {one.address} · {one.agent}</span>
            <button type="button" onClick={() => void tell("POST", `/api/sessions/${one.id}/end`).then(load)}>{word("end")}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Users() {
  const [all, setAll] = useState<User[]>([]);
  const [said, setSaid] = useState<{ link?: string; wrong?: string }>({});
  const load = async () => {
    const answer = await tell<User[]>("GET", "/api/users");
    if ("done" in answer) setAll(answer.done);
  };
  useEffect(() => void load(), []);
  const linked = async (path: string, body?: object) => {
    const answer = await tell<{ path: string }>("POST", path, body);
    setSaid("done" in answer ? { link: location.origin + answer.done.path } : { wrong: answer.problem.detail });
  };
  return (
    <section aria-labelledby="users">
      <h2 id="users">{word("users")}</h2>
      <ul class="rows">
        {all.map((user) => (
          <li key={user.id}>
            <strong>{user.name}</strong> {role(user.role)} · {user.areas.length ? user.areas.join(", ") : word("everywhere")}
            {user.decides_as !== user.name && ` · ${user.decides_as}`}
            <button type="button" onClick={() => void linked(`/api/users/${user.id}/reset`)}>{word("reset")}</button>
            <button
              type="button"
              onClick={() => void tell("POST", `/api/users/${user.id}/end`).then((answer) => {
                setSaid("problem" in answer ? { wrong: answer.problem.detail } : {});
                return load();
              })}
            >
              {word("end")}
            </button>
          </li>
        ))}
      </ul>
      <form
        class="notice"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const areas = String(form.get("areas")).split(",").map((one) => one.trim()).filter(Boolean);
          void linked("/api/invitations", { name: form.get("name"), role: form.get("role"), areas });
        }}
      >
        <label>{word("name")}<input name="name" required maxLength={100} /></label>
        <label>{word("role")}<select name="role">{roles.map((one) => <option key={one} value={one}>{role(one)}</option>)}</select></label>
        <label>{word("areas")}<input name="areas" /></label>
        <button type="submit" class="primary">{word("invite")}</button>
      </form>
      {said.link && <p role="status">{word("linkFor")} <code>{said.link}</code></p>}
      {said.wrong && <p class="bad" role="alert">{said.wrong}</p>}
    </section>
  );
}
