import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { words } from "../words/language";

const word = words({
  loading: ["Đang mở…", "Opening…"],
  failed: ["Chưa tải được màn hình này (mạng yếu?).", "This screen could not be loaded (a weak line?)."],
  again: ["Thử lại", "Try again"],
});

/** A screen whose code comes when it is first opened. */
export function later<P extends object>(fetch: () => Promise<ComponentType<P>>): ComponentType<P> {
  let come: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [Screen, setScreen] = useState<ComponentType<P> | null>(() => come);
    const [failed, setFailed] = useState(false);
    const bring = () => {
      setFailed(false);
      fetch().then((screen) => setScreen(() => (come = screen)), () => setFailed(true));
    };
    useEffect(() => {
      if (!come) bring();
    }, []);
    if (Screen) return <Screen {...props} />;
    return failed
      ? <p class="note bad" role="alert">{word("failed")} <button type="button" onClick={bring}>{word("again")}</button></p>
      : <p class="empty">{word("loading")}</p>;
  };
}
