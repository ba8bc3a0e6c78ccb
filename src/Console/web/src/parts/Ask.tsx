import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { signedName } from "../accounts/session";
import { words } from "../words/language";

/** A question in front of the page, answered by its one button or put away; and what the person gave. */

export interface AskField {
  name: string;
  label: string;
  kind?: "text" | "textarea" | "number" | "datetime-local" | "select" | "tel" | "password" | "checkbox";
  options?: [value: string, says: string][];
  value?: string;
  optional?: boolean;
  hint?: string;
  min?: number | string;
  max?: number | string;
  step?: number | string;
  maxLength?: number;
}

export interface Question {
  title: string;
  /** What will happen, in a sentence or two. */
  text?: string | undefined;
  /** What is shown this once, to be copied: a text, or several with their names. It is nowhere but in the question, and gone with it. */
  once?: string | [says: string, is: string][] | undefined;
  fields?: AskField[];
  action: string;
  isDanger?: boolean;
  /** Asks under which name it is written down, unless somebody is signed in. */
  named?: boolean;
  /** Does it; a sentence says why it could not be done and the question stays. */
  does: (given: Record<string, string>) => Promise<string | null>;
}

const word = words({
  cancel: ["Thôi", "Cancel"],
  who: ["Tên người trực", "Your name"],
  copy: ["Chép", "Copy"],
  copyAll: ["Chép tất cả", "Copy all"],
  copied: ["Đã chép", "Copied"],
});

const remembered = "canhlu.person";
let show: ((question: Question) => void) | null = null;

/** Puts a question before the person. What they give comes to its `does`; with `named` also `who`. */
export const askFor = (question: Question) => show?.(question);

export function AskHost() {
  const [question, setQuestion] = useState<Question | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    show = (next) => {
      setWrong(null);
      setQuestion(next);
    };
    return () => void (show = null);
  }, []);
  useEffect(() => {
    if (question) dialog.current?.showModal();
  }, [question]);
  if (!question) return null;

  const fields: AskField[] = [...(question.fields ?? [])];
  if (question.named && !signedName()) fields.push({ name: "who", label: word("who"), value: localStorage.getItem(remembered) ?? "", maxLength: 100 });
  const away = () => {
    dialog.current?.close();
    setQuestion(null);
  };
  const answer = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]));
    if (question.named) {
      if (given["who"]) localStorage.setItem(remembered, given["who"]);
      given["who"] = signedName() ?? given["who"] ?? "";
    }
    setBusy(true);
    const problem = await question.does(given);
    setBusy(false);
    if (problem) setWrong(problem);
    else away();
  };
  return (
    <dialog ref={dialog} aria-labelledby="asked" onCancel={(event) => { event.preventDefault(); away(); }}>
      <form onSubmit={answer}>
        <h2 id="asked">{question.title}</h2>
        {question.text && <p class="asked-text">{question.text}</p>}
        {question.once && <Once of={question.once} />}
        {fields.map((field) => <Field key={field.name} field={field} />)}
        {wrong && <p class="note bad" role="alert">{wrong}</p>}
        <div class="actions">
          <button type="submit" class={question.isDanger ? "danger" : "primary"} disabled={busy}>{question.action}</button>
          {!question.once && <button type="button" class="quiet" onClick={away}>{word("cancel")}</button>}
        </div>
      </form>
    </dialog>
  );
}

function Once({ of }: { of: string | [says: string, is: string][] }) {
  if (typeof of === "string") return <div class="once-row"><code class="once">{of}</code><Copy text={of} /></div>;
  return (
    <>
      <dl class="once-list">
        {of.map(([says, is]) => <div key={says}><dt>{says}</dt><dd class="once-row"><code class="once">{is}</code><Copy text={is} of={says} /></dd></div>)}
      </dl>
      <Copy text={of.map(([says, is]) => `${says}: ${is}`).join("\n")} says={word("copyAll")} />
    </>
  );
}

/** Copies a text, where the browser lets a page do so: over TLS, or on the engine's own machine. Elsewhere the text is marked whole by one tap. */
function Copy({ text, of, says = word("copy") }: { text: string; of?: string; says?: string }) {
  const [done, setDone] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = () => navigator.clipboard.writeText(text).then(() => setDone(true), () => setDone(false));
  return <button type="button" class="copy" aria-label={of ? `${says}: ${of}` : says} onClick={copy}>{done ? <span role="status">{word("copied")} ✓</span> : says}</button>;
}

function Field({ field }: { field: AskField }) {
  const { name, label, kind = "text", options, value, optional, hint, ...rest } = field;
  const given = { name, required: !optional, ...(hint ? { "aria-describedby": `hint-${name}` } : {}), ...rest };
  if (kind === "checkbox") return <label class="check"><input type="checkbox" name={name} value="yes" defaultChecked={value === "yes"} /> {label}</label>;
  return (
    <label>
      {label}
      {kind === "textarea" ? <textarea {...given} defaultValue={value ?? ""} />
        : kind === "select" ? <select name={name} defaultValue={value ?? ""}>{options?.map(([is, says]) => <option key={is} value={is} selected={is === value}>{says}</option>)}</select>
        : <input type={kind} {...given} defaultValue={value ?? ""} />}
      {hint && <small id={`hint-${name}`}>{hint}</small>}
    </label>
  );
}
