import { useEffect, useState } from "preact/hooks";
import { Card, Field, role } from "./Card";
import { type Problem, type Role, type Session, setSession, tell } from "./session";
import { word } from "./words";

interface Link {
  name: string | null;
  role: Role;
  is_reset: boolean;
}

/** What a link is for: an account of one's own, or a new password. */
export function Invitation({ token, onDone }: { token: string; onDone: () => void }) {
  const [link, setLink] = useState<Link | Problem | null>(null);
  useEffect(() => {
    void tell<Link>("POST", "/api/invitations/look", { token }).then((answer) => setLink("done" in answer ? answer.done : answer.problem));
  }, [token]);
  if (!link) return null;
  if ("status" in link) {
    return (
      <Card title={word("linkGone")} action={word("signIn")} onSend={async () => (onDone(), null)}>
        <p class="bad" role="alert">{link.detail}</p>
      </Card>
    );
  }
  return (
    <Card
      title={word(link.is_reset ? "renew" : "welcome")}
      action={word("goOn")}
      onSend={async (form) => {
        const answer = await tell<Session>("POST", "/api/invitations/accept", { token, ...Object.fromEntries(form) });
        if ("problem" in answer) return answer.problem;
        onDone();
        setSession(answer.done);
        return null;
      }}
    >
      {link.name ? <p>{link.name} · {role(link.role)}</p> : <Field name="name" label={word("name")} autocomplete="username" maxLength={100} isNext />}
      <Field name="password" label={word("newPassword")} type="password" autocomplete="new-password" minLength={12} maxLength={200} />
    </Card>
  );
}
