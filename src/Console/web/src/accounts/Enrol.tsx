import { useEffect, useState } from "preact/hooks";
import { Card, Field } from "./Card";
import { type Session, setSession, tell } from "./session";
import { word } from "./words";

interface Enrolment {
  secret: string;
  address: string;
  qr: { size: number; path: string };
}

/** The second factor of those who decide: a picture for the authenticator, its first code, and ten codes on paper. */
export function Enrol() {
  const [begun, setBegun] = useState<Enrolment | null>(null);
  const [done, setDone] = useState<{ recovery_codes: string[]; session: Session } | null>(null);
  useEffect(() => {
    void tell<Enrolment>("POST", "/api/session/second-factor/begin").then((answer) => "done" in answer && setBegun(answer.done));
  }, []);
  if (done) {
    return (
      <Card title={word("second")} action={word("kept")} onSend={async () => (setSession(done.session), null)}>
        <p>{word("keep")}</p>
        <ul class="recovery">{done.recovery_codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      </Card>
    );
  }
  if (!begun) return null;
  return (
    <Card
      title={word("second")}
      action={word("goOn")}
      onSend={async (form) => {
        const answer = await tell<{ recovery_codes: string[]; session: Session }>("POST", "/api/session/second-factor", Object.fromEntries(form));
        if ("problem" in answer) return answer.problem;
        setDone(answer.done);
        return null;
      }}
    >
      <p>{word("scan")}</p>
      <svg class="qr" viewBox={`0 0 ${begun.qr.size} ${begun.qr.size}`} role="img" aria-label="QR"><path d={begun.qr.path} /></svg>
      <p><a href={begun.address}><code>{begun.secret.match(/.{1,4}/g)?.join(" ")}</code></a></p>
      <Field name="value" label={word("thenType")} inputMode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" />
    </Card>
  );
}
