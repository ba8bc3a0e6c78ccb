import { day, time } from "../words/format";
import { pick } from "../words/language";
import "./audit.css";

/** Who did what to what, as /api/audit tells it. */
export interface Deed {
  id: number;
  at: string;
  who: string;
  action: string;
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

const actions: Record<string, [string, string]> = {
  opened: ["bắt đầu", "began"], rose: ["lên mức cao hơn", "rose"], fell: ["xuống mức thấp hơn", "fell"], ended: ["kết thúc", "ended"],
  acknowledged: ["đã xem", "acknowledged"], commented: ["ghi chú", "commented"], assigned: ["giao việc", "assigned"], shelved: ["gác lại", "put aside"],
  unshelved: ["đưa trở lại", "taken back"], "better borne out": ["có thêm bằng chứng", "better borne out"], "kept quiet": ["được giữ yên lặng", "kept quiet"],
  "spoke again": ["hết yên lặng", "no longer quiet"], "told nobody": ["không báo cho ai", "told nobody"], proposed: ["đề xuất", "proposed"],
  approved: ["duyệt", "approved"], "approved first": ["duyệt (người thứ nhất)", "approved as the first"], declined: ["từ chối", "declined"],
  withdrew: ["rút lại", "withdrawn"], expired: ["hết hạn", "expired"], edited: ["sửa", "edited"], escalated: ["chuyển người tiếp theo", "passed on"],
  asked: ["hỏi người trực", "asked an officer"], heard: ["người trực đã nhận", "heard by the officer"], stopped: ["dừng gửi", "stopped"],
  decided: ["phát", "decided"], "decided old news": ["ghi lại, quá muộn để gửi", "recorded, too late to send"], entered: ["nhập", "entered"],
  left: ["rời danh sách", "left"], removed: ["gỡ khỏi lịch", "removed"], "began maintenance": ["bắt đầu bảo trì", "began maintenance"],
  "ended maintenance": ["kết thúc bảo trì", "ended maintenance"], "took over": ["nhận", "took over"], refused: ["không nhận", "refused"],
  "handed over": ["bàn giao ca", "handed the shift over"], accepted: ["nhận một mục", "accepted an item"], replaced: ["thay bằng bản khác", "replaced"],
  opted_out: ["ngừng nhận tin", "opted out"], opted_in: ["nhận tin lại", "opted in"], "looked at number": ["xem số điện thoại", "looked at a number"],
  "gave an account": ["cấp tài khoản cho", "gave an account to"], "renewed the account": ["đổi mật khẩu của", "renewed the password of"], "revoked the account": ["thu hồi tài khoản của", "revoked the account of"],
  adopted: ["nhận", "adopted"], "let go": ["bỏ nhận", "let go"], ordered: ["ra lệnh cho", "gave a command to"], "struck out": ["gạch bỏ", "struck out"],
};

const kinds: Record<string, [string, string]> = {
  episode: ["cảnh báo", "alarm"], proposal: ["đề xuất", "proposal"], bulletin: ["bản tin", "bulletin"], maintenance: ["bảo trì", "maintenance"],
  officer: ["người trực", "officer"], shift: ["ca trực", "turn"], handover: ["bàn giao ca", "handover"], release: ["thông báo xả", "release"], site: ["cấu hình", "site"],
  recipient: ["người nhận tin", "recipient"], delivery: ["lượt gửi", "delivery"], user: ["tài khoản", "account"], token: ["khóa truy cập", "token"], session: ["phiên đăng nhập", "session"],
  invitation: ["lời mời", "invitation"], device: ["thiết bị", "device"], staff: ["số đọc thước nước", "staff reading"],
};

const facts: Record<string, [string, string]> = {
  alarm: ["cảnh báo", "alarm"], episode: ["cảnh báo số", "alarm no."], proposal: ["đề xuất số", "proposal no."], bulletin: ["bản tin số", "bulletin no."], kind: ["loại", "kind"],
  level: ["mức", "level"], since: ["từ", "since"], grade: ["hạng bằng chứng", "grade"], stage_mm: ["mực nước (mm)", "stage (mm)"], measured_at: ["đo lúc", "measured"],
  not_after: ["hạn gửi", "not after"], state: ["trạng thái", "state"], reason: ["lý do", "reason"], note: ["ghi chú", "note"], quiet: ["yên lặng vì", "quiet because"],
  until: ["đến", "until"], changes: ["thay đổi", "changes"], text: ["nội dung", "text"], slots: ["chỗ điền", "slots"], areas: ["khu vực", "areas"], missing: ["còn thiếu", "missing"],
  decide_by: ["phải quyết trước", "decide by"], asked: ["người", "person"], number: ["số", "number"], user: ["tài khoản", "account"], how: ["cách", "how"], role: ["vai trò", "role"], name: ["tên", "name"], model: ["loại máy", "model"], station: ["trạm", "station"], order: ["lệnh", "command"], former_until: ["mật khẩu cũ dùng được đến", "password before until"],
};

const said = (table: Record<string, [string, string]>, word: string) => (table[word] ? pick(...table[word]) : word);

export const actionName = (action: string) => said(actions, action);

/** cảnh báo 7 */
export function subjectName(subject: string): string {
  const [kind = "", ...rest] = subject.split("/");
  return `${said(kinds, kind)} ${rest.join("/")}`.trim();
}

const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function says(value: unknown): string {
  if (value === "None") return pick("dưới báo động I", "below alarm I");
  if (typeof value === "string") return isTime.test(value) ? time(value) : value;
  if (Array.isArray(value)) return value.map(says).join(", ");
  if (typeof value === "boolean") return value ? pick("có", "yes") : pick("không", "no");
  if (value && typeof value === "object") return Object.entries(value).map(([key, one]) => `${key}: ${says(one)}`).join("; ");
  return String(value ?? "–");
}

function Facts({ of, mark }: { of: Record<string, unknown> | null; mark: string }) {
  if (!of || Object.keys(of).length === 0) return null;
  return <span class="deed-facts">{mark && <span class="soft">{mark}</span>} {Object.entries(of).map(([key, value]) => <span key={key}><span class="soft">{said(facts, key)}:</span> {says(value)}</span>)}</span>;
}

/** Deeds in the order given; with their subjects where they are about several things. */
export const Deeds = ({ all, about }: { all: Deed[]; about?: ((subject: string) => string | null) | undefined }) => (
  <ol class="deeds">
    {all.map((one, at) => (
      <li key={one.id}>
        {(at === 0 || day(all[at - 1]!.at) !== day(one.at)) && <span class="deed-day">{day(one.at)}</span>}
        <time dateTime={one.at}>{time(one.at)}</time>
        <span>
          <strong>{one.who === "auto" ? pick("máy", "the engine") : one.who}</strong> {actionName(one.action)}
          {about && <> · {about(one.subject) ? <a href={about(one.subject)!}>{subjectName(one.subject)}</a> : subjectName(one.subject)}</>}
          <Facts of={one.before} mark={pick("trước", "before")} />
          <Facts of={one.after} mark={one.before ? pick("sau", "after") : ""} />
        </span>
      </li>
    ))}
  </ol>
);
