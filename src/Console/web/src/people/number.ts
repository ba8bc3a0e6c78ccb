import { askFor } from "../parts/Ask";
import { send } from "../parts/send";
import { words } from "../words/language";
import { word } from "./words";

const more = words({ seen: ["Số điện thoại", "The number"], close: ["Đóng", "Close"] });

/** Asks why, then shows one number in clear. */
export const showNumber = (path: string, name: string) => askFor({
  title: `${word("showNumber")}: ${name}`,
  text: word("showText"),
  fields: [{ name: "reason", label: word("reason"), maxLength: 500 }],
  action: word("showNumber"),
  does: async ({ reason }) => {
    const answer = await send<{ phone: string }>(path, { reason });
    if ("wrong" in answer) return answer.wrong;
    // The question is put away first; then its answer stands in its place.
    setTimeout(() => askFor({ title: name, text: `${more("seen")}: ${answer.done.phone}`, action: more("close"), does: async () => null }));
    return null;
  },
});
