import type { Alarm, DeliveryState, Device, Level, Reservoir } from "./desk";

export type Language = "vi" | "en";

const both = {
  title: ["Canh Lũ", "Canh Lũ"],
  river: ["Dòng sông", "The river"],
  alarms: ["Cảnh báo đang mở", "Open alarms"],
  earlier: ["Đã qua", "Earlier"],
  decide: ["Chờ quyết định", "Waiting for a decision"],
  bulletins: ["Tin đã phát", "Bulletins"],
  devices: ["Thiết bị", "Devices"],
  live: ["trực tuyến", "live"],
  connecting: ["đang nối…", "connecting…"],
  lost: ["mất kết nối – số liệu bên dưới đã cũ", "connection lost – what is shown is old"],
  noAlarm: ["Không có cảnh báo nào.", "No alarm is open."],
  keptQuiet: ["Đang ẩn", "Kept quiet"],
  gradeA: ["bằng chứng hạng A: nơi khác xác nhận", "evidence A: borne out by another place"],
  gradeB: ["bằng chứng hạng B: một máy đo tốt", "evidence B: one good gauge"],
  gradeC: ["bằng chứng hạng C: yếu", "evidence C: weak"],
  maintenance: ["Bảo trì", "Maintenance"],
  maintain: ["Báo bảo trì", "Enter maintenance"],
  endMaintenance: ["Kết thúc", "End"],
  whatIsDone: ["Việc đang làm:", "What is done there:"],
  howManyHours: ["Trong mấy giờ (1–168):", "For how many hours (1–168):"],
  noMaintenance: ["Không có nơi nào đang bảo trì.", "No maintenance."],
  noBulletin: ["Chưa phát tin nào.", "No bulletin yet."],
  noReading: ["chưa có số liệu", "no reading yet"],
  silent: ["mất tín hiệu", "silent"],
  noLadder: ["không có cấp báo động", "no alarm levels"],
  since: ["từ", "since"],
  peak: ["cao nhất", "peak"],
  acknowledge: ["Đã nhận", "Acknowledge"],
  acknowledgedBy: ["đã nhận:", "acknowledged by"],
  approve: ["Duyệt và gửi", "Approve and send"],
  decline: ["Không gửi", "Decline"],
  decideBefore: ["Quyết định trước", "Decide before"],
  thenEscalate: ["sau đó hỏi người tiếp theo", "then the next person is asked"],
  thenSend: ["sau đó tự gửi", "then it is sent"],
  thenDrop: ["sau đó không gửi nữa", "then it is dropped"],
  needsTwo: ["Cần hai người duyệt", "Two persons must approve"],
  approvedBy: ["đã duyệt:", "approved by"],
  lastSafe: ["Quyết định chậm nhất", "Last safe moment"],
  people: ["người", "people"],
  asked: ["đã gọi", "asked"],
  heard: ["đã nhận lúc", "heard at"],
  notHeard: ["chưa trả lời", "no answer yet"],
  stop: ["Dừng phát", "Stop"],
  whyStop: ["Lý do dừng phát:", "Why stop it:"],
  stoppedBy: ["Đã dừng phát:", "Stopped by"],
  announcement: ["Thông báo", "Announcement"],
  whoAreYou: ["Tên người trực:", "Your name:"],
  whyNot: ["Lý do không gửi:", "Why not:"],
  segments: ["đoạn SMS", "SMS segments"],
  validUntil: ["gửi được đến", "can be sent until"],
  expired: ["không gửi: tin đã quá hạn", "not sent: out of date"],
  decidedBy: ["quyết định:", "decided by"],
  auto: ["tự động", "automatic"],
  rising: ["lên", "rising"],
  falling: ["xuống", "falling"],
  steady: ["đứng", "steady"],
  expected: ["dự báo", "expected"],
  orNot: ["hoặc không", "or not"],
  measured: ["đo lúc", "measured at"],
  ago: ["trước", "ago"],
  online: ["đang nối", "online"],
  offline: ["mất nối", "offline"],
  rejected: ["bản tin bị từ chối", "rejected messages"],
  reservoirs: ["Hồ chứa", "Reservoirs"],
  noRelease: ["không có thông báo xả", "no release announced"],
  enterRelease: ["Nhập thông báo xả", "Enter a release notice"],
  endRelease: ["Kết thúc xả", "End the release"],
  whyOver: ["Lý do kết thúc:", "Why is it over:"],
  leastDischarge: ["Từ (m³/s)", "From (m³/s)"],
  mostDischarge: ["Đến (m³/s)", "To (m³/s)"],
  startsAt: ["Bắt đầu xả lúc (giờ Việt Nam)", "Starts at (Vietnam time)"],
  document: ["Số văn bản", "Document"],
  notReady: ["Máy chủ chưa sẵn sàng", "The engine is not ready"],
} as const;

export type Word = keyof typeof both;

export const word = (language: Language, key: Word): string => both[key][language === "vi" ? 0 : 1];

export const levelName = (language: Language, level: Level): string =>
  level === "None" ? (language === "vi" ? "Dưới báo động I" : "Below alarm I") : language === "vi" ? `Báo động ${level}` : `Alarm ${level}`;

const states: Record<DeliveryState, [string, string]> = {
  planned: ["chờ gửi", "waiting"],
  handed_over: ["đang gửi", "sending"],
  accepted: ["nhà mạng đã nhận", "accepted"],
  delivered: ["đã tới máy", "delivered"],
  seen: ["đã xem", "seen"],
  failed: ["không gửi được", "failed"],
  passed_on: ["chuyển sang kênh khác", "passed on to another carrier"],
  expired: ["quá hạn", "expired"],
  replaced: ["tin mới thay", "replaced"],
  stopped: ["đã dừng", "stopped"],
  held: ["giữ lại, đã báo bằng tin khác", "held back"],
};

export const stateName = (language: Language, state: DeliveryState): string => states[state][language === "vi" ? 0 : 1];

const kinds: Record<Device["kind"], [string, string]> = {
  Gauge: ["Trạm đo mực nước", "Water-level gauge"],
  AccessPoint: ["Điểm Wi-Fi", "Wi-Fi access point"],
  Camera: ["Camera", "Camera"],
};

export const kindName = (language: Language, kind: Device["kind"]): string => kinds[kind][language === "vi" ? 0 : 1];

export const alarmLevel = (language: Language, alarm: Alarm): string =>
  alarm.cause === "Threshold" ? levelName(language, alarm.level) : alarm.rule_name;

const zone = "Asia/Ho_Chi_Minh";

const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", hourCycle: "h23" });

/** 22:20 29/10: the same in both languages, as it is read here. */
export function time(iso: string): string {
  const part = Object.fromEntries(parts.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${part.hour}:${part.minute} ${part.day}/${part.month}`;
}

/** Hồ Phú Ninh xả 100–400 m³/s từ 14:00 30/10. */
export function released(language: Language, { name, notice }: Reservoir): string {
  if (!notice) return name;
  const discharge = notice.q_min === notice.q_max ? `${notice.q_max} m³/s` : `${notice.q_min}–${notice.q_max} m³/s`;
  return language === "vi" ? `Hồ ${name} xả ${discharge} từ ${time(notice.starts_at)}` : `${name} reservoir releases ${discharge} from ${time(notice.starts_at)}`;
}

export const clock = (language: Language, iso: string): string =>
  new Intl.DateTimeFormat(language, {
    timeZone: zone, weekday: "short", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(new Date(iso));

export const number = (language: Language, value: number, digits: number): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

export function age(language: Language, from: string, now: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(now) - Date.parse(from)) / 60_000));
  const [value, unit] = minutes < 90 ? [minutes, language === "vi" ? "phút" : "min"] : [Math.round(minutes / 60), language === "vi" ? "giờ" : "h"];
  return `${value} ${unit} ${word(language, "ago")}`;
}

const quantities: Record<string, [string, string]> = {
  stage: ["mực nước", "stage"],
  battery: ["pin", "battery"],
  rssi: ["sóng", "signal"],
  clients: ["máy đang nối", "clients"],
  cpu: ["CPU", "CPU"],
  memory: ["bộ nhớ", "memory"],
  channel_use: ["kênh bận", "channel use"],
  uptime: ["chạy liên tục", "up for"],
  fps: ["hình/giây", "frames/s"],
  people: ["người", "people"],
  tamper: ["bị che", "tampered"],
};

/** A measured value as a person says it: a stage in metres, a long time in days, yes or no for what is one or the other. */
export function measured(language: Language, { quantity, unit, value }: { quantity: string; unit: string; value: number }): string {
  const name = quantities[quantity]?.[language === "vi" ? 0 : 1] ?? quantity;
  if (unit === "mm") return `${name} ${number(language, value / 1000, 2)} m`;
  if (unit === "s" && value >= 86_400) return `${name} ${number(language, Math.floor(value / 86_400), 0)} ${language === "vi" ? "ngày" : "days"}`;
  if (unit === "s") return `${name} ${number(language, value / 3600, 1)} ${language === "vi" ? "giờ" : "h"}`;
  if (quantity === "tamper") return `${name}: ${value === 0 ? (language === "vi" ? "không" : "no") : language === "vi" ? "có" : "yes"}`;
  const digits = Number.isInteger(value) ? 0 : unit === "V" ? 2 : 1;
  return `${name} ${number(language, value, digits)}${unit === "1" || unit.startsWith("{") ? "" : ` ${unit}`}`;
}

const carriers: Record<string, string> = { esms: "SMS", kannel: "SMS", speedsms: "SMS", webhook: "Webhook", zalo: "Zalo", "zalo-oa": "Zalo OA" };

/** A carrier as people know it. */
export function carrierName(carrier: string): string {
  return carriers[carrier] ?? carrier;
}

/** A length of time in the largest unit that says it well. */
export function duration(language: Language, seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} ${language === "vi" ? "giây" : "s"}` : `${Math.ceil(seconds / 60)} ${language === "vi" ? "phút" : "min"}`;
}
