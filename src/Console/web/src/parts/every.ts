import { useEffect, useState } from "preact/hooks";

/** A number that goes up every so many milliseconds: a reason to ask again. */
export function useEvery(ms: number): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setCount((n) => n + 1), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return count;
}
