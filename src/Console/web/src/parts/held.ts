import { useEffect, useRef, useState } from "preact/hooks";

/** A value that changes at most once in so many milliseconds: for what is asked of the engine, when what it hangs on changes all the time. */
export function useHeld<T>(value: T, everyMs: number): T {
  const [held, setHeld] = useState(value);
  const newest = useRef(value);
  newest.current = value;
  useEffect(() => {
    const timer = setInterval(() => setHeld(newest.current), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return held;
}
