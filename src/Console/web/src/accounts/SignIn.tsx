import { useState } from "preact/hooks";
import { Card, Field } from "./Card";
import { type Session, setSession, tell } from "./session";
import { word } from "./words";

/** Name and password, and the code where one is set. */
export function SignIn({ signOn }: { signOn: boolean }) {
  const [needsCode, setNeedsCode] = useState(false);
  return (
    <Card
      title="Canh Lũ"
      action={word("signIn")}
      onSend={async (form) => {
        const answer = await tell<Session>("POST", "/api/session", Object.fromEntries(form));
        if ("done" in answer) {
          setSession(answer.done);
          return null;
        }
        if (answer.problem.needs === "code" && !needsCode) {
          setNeedsCode(true);
          return null;
        }
        return answer.problem;
      }}
      foot={<>{signOn && <a href="/api/session/sign-on">{word("signOn")}</a>}<p class="age">{word("lost")}</p></>}
    >
      <Field name="name" label={word("name")} autocomplete="username" isNext />
      <Field name="password" label={word("password")} type="password" autocomplete="current-password" />
      {needsCode && <Field name="code" label={word("code")} autocomplete="one-time-code" isNext />}
    </Card>
  );
}
