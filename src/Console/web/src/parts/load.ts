import { useCallback, useEffect, useState } from "preact/hooks";
import { ask, sentenceOf } from "../accounts/session";
import { pick } from "../words/language";

export interface Loaded<T> {
  /** Null until it has come. What came before stays while it is asked for again. */
  is: T | null;
  /** Why it did not come, for the person; null when it did. */
  wrong: string | null;
  /** Asks again. */
  again: () => void;
}

/** What GET on a path gives; asked for again when the path or one of the reasons changes. A null path asks for nothing. */
export function useLoad<T>(path: string | null, ...reasons: unknown[]): Loaded<T> {
  const [state, setState] = useState<{ is: T | null; wrong: string | null; of: string | null }>({ is: null, wrong: null, of: null });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    load<T>(path, stop.signal).then(
      (is) => setState({ is, wrong: null, of: path }),
      (failure: Error) => stop.signal.aborted || setState((old) => ({ is: old.of === path ? old.is : null, wrong: failure.message, of: path })),
    );
    return () => stop.abort();
  }, [path, asked, ...reasons]);
  const again = useCallback(() => setAsked((n) => n + 1), []);
  return { is: state.is, wrong: state.wrong, again };
}

/** GET as JSON. Throws an error whose message is a sentence for the person. */
export async function load<T>(path: string, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await ask(path, signal ? { signal } : {});
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Error(pick("Không tới được máy chủ.", "The engine cannot be reached."));
  }
  if (answer.ok) return (await answer.json()) as T;
  const problem = (await answer.json().catch(() => null)) as { title?: string; detail?: string } | null;
  throw new Error(sentenceOf(answer.status, problem));
}
