import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Problem } from "./session";
import { word } from "./words";

/** One form in the middle of an empty page, with its one next action and what went wrong. */
export function Card({ title, action, onSend, children, foot }: {
  title: string;
  action: string;
  onSend: (form: FormData) => Promise<Problem | null>;
  children: ComponentChildren;
  foot?: ComponentChildren;
}) {
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const problem = await onSend(new FormData(event.currentTarget));
    setBusy(false);
    setWrong(problem?.detail ?? null);
  };
  return (
    <main class="entrance">
      <form onSubmit={send}>
        <h1>{title}</h1>
        {children}
        {wrong && <p class="bad" role="alert">{wrong}</p>}
        <button type="submit" class="primary" disabled={busy}>{action}</button>
        {foot}
      </form>
    </main>
  );
}

/** A field with its label; the one to be filled first, or that has just appeared, has the focus. */
export function Field({ name, label, isNext, ...rest }: { name: string; label: string; isNext?: boolean } & JSX.InputHTMLAttributes<HTMLInputElement>) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNext) field.current?.focus();
  }, []);
  return (
    <label>
      {label}
      <input ref={field} name={name} required {...rest} />
    </label>
  );
}

export const role = (name: string | null) => (name ? word(name as Parameters<typeof word>[0]) : "");
