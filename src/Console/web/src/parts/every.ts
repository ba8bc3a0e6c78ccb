import { useEffect, useState } from "preact/hooks";

/** A number that grows every so many milliseconds while something goes on: a reason to load again, however often the desk changes meanwhile. */
export function useEvery(ms: number, isOn = true): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => setCount((n) => n + 1), ms);
    return () => clearInterval(timer);
  }, [ms, isOn]);
  return count;
}
