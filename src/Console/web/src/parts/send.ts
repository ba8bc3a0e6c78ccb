import { ask, sentenceOf } from "../accounts/session";
import { pick } from "../words/language";

/** What became of something said to the engine; the status is 0 when it was not reached. */
export type Sent<T = unknown> = { done: T; status: number } | { wrong: string; status: number };

/** Says something to the engine, now or not at all: nothing is kept to be sent later, for by then it may be the wrong thing to say. */
export async function send<T = unknown>(path: string, body: object = {}, method = "POST"): Promise<Sent<T>> {
  if (!navigator.onLine) return { status: 0, wrong: pick("Đang mất kết nối. Chưa gửi gì cả; hãy làm lại khi có mạng.", "The line is lost. Nothing was sent; do it again when it is back.") };
  let answer: Response;
  try {
    answer = await ask(path, method === "DELETE" ? { method } : { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    return {
      status: 0,
      wrong: pick(
        "Mất kết nối khi đang gửi: không rõ máy chủ đã nhận chưa. Khi có mạng lại, trang này cho thấy việc đã được ghi hay chưa; làm lại lần nữa cũng không gửi hai lần.",
        "The line was lost on the way: the engine may have it or not. When the line is back this page shows which; doing it again sends nothing twice.",
      ),
    };
  }
  const text = await answer.text();
  const json = (text ? safely(text) : null) as { title?: string; detail?: string } | null;
  return answer.ok ? { done: json as T, status: answer.status } : { wrong: sentenceOf(answer.status, json), status: answer.status };
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
