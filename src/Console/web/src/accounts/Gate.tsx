import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./accounts.css";
import { Enrol } from "./Enrol";
import { Invitation } from "./Invitation";
import { onSession, refreshSession, type Session } from "./session";
import { SignIn } from "./SignIn";

const every = 60_000;
const mark = "#/invitation/";

const invited = () => (location.hash.startsWith(mark) ? location.hash.slice(mark.length) : null);

/** Shows the page to whoever may see it, and else what is missing: a link's account, a sign-in, a second factor. */
export function Gate({ children }: { children: ComponentChildren }) {
  const [session, setSession] = useState<Session | null>(null);
  const [link, setLink] = useState(invited);
  useEffect(() => {
    const end = onSession(setSession);
    const moved = () => setLink(invited());
    addEventListener("hashchange", moved);
    void refreshSession();
    const timer = setInterval(() => void refreshSession(), every);
    return () => {
      end();
      removeEventListener("hashchange", moved);
      clearInterval(timer);
    };
  }, []);

  if (!session) return null;
  if (link !== null) {
    return (
      <Invitation
        token={link}
        onDone={() => {
          // A link that was used has no business in the browser's history.
          history.replaceState(null, "", location.pathname + location.search);
          setLink(null);
        }}
      />
    );
  }
  if (session.accounts !== "open" && !session.name) return <SignIn signOn={session.sign_on} />;
  if (session.must_enrol) return <Enrol />;
  return <>{children}</>;
}
