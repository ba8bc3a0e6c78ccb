import type { Alarm } from "../desk/desk";
import { pick, words } from "../words/language";

export const word = words({
  heading: ["Sông lúc này", "The river now"],
  noReading: ["chưa có số đo", "no reading yet"],
  noLadder: ["không có mức BĐ", "no alarm levels"],
  silent: ["Mất tin", "Silent"],
  measured: ["đo lúc", "measured at"],
  forecast: ["Dự báo", "Expected"],
  orNot: ["hoặc không tới", "or not at all"],
  evidence: ["Bằng chứng", "Evidence"],
  waiting: ["Chờ quyết định", "Waiting for a decision"],
  nothingWaits: ["Không có gì chờ quyết định.", "Nothing waits for a decision."],
  allClear: ["tin kết thúc", "all-clear"],
  noClock: ["không hạn", "no limit"],
  decide: ["Xem và quyết định", "Look and decide"],
  safeUntil: ["An toàn muộn nhất", "Last safe moment"],
  safeOver: ["Đã qua thời điểm an toàn cuối", "The last safe moment has passed"],
  alarms: ["Cảnh báo đang mở", "Open alarms"],
  noAlarms: ["Không có cảnh báo nào.", "No alarm stands."],
  allAlarms: ["Mọi cảnh báo", "All alarms"],
  told: ["Đã báo cho dân", "Told to people"],
  nothingTold: ["Chưa gửi bản tin nào.", "No bulletin has been sent."],
  running: ["đang gửi", "sending"],
  stopped: ["đã dừng", "stopped"],
  expired: ["quá hạn", "expired"],
  doneAt: ["xong lúc", "done at"],
  sentOf: ["đã gửi", "sent"],
  map: ["Bản đồ", "Map"],
  mapLoading: ["Bản đồ mở khi máy rảnh…", "The map opens when the machine is idle…"],
  reservoirs: ["Hồ chứa", "Reservoirs"],
  noRelease: ["không có thông báo xả", "no notice of a release"],
  enterRelease: ["Nhập thông báo xả", "Enter a notice of a release"],
  endRelease: ["Kết thúc xả", "End the release"],
  leastDischarge: ["Lưu lượng nhỏ nhất, m³/s", "Least discharge, m³/s"],
  mostDischarge: ["Lưu lượng lớn nhất, m³/s", "Greatest discharge, m³/s"],
  startsAt: ["Bắt đầu lúc", "Starts at"],
  document: ["Số văn bản", "Document"],
  whyOver: ["Vì sao kết thúc", "Why it is over"],
  enterText: [
    "Ghi đúng như văn bản của hồ. Thông báo mới thay thông báo đang hiệu lực; cảnh báo theo quy tắc xả của trạm hạ lưu.",
    "As the reservoir's document says. A new notice takes the place of the one in force; the release rules of the stations below then alarm.",
  ],
});

const grades: Record<NonNullable<Alarm["grade"]>, readonly [string, string]> = {
  A: ["A, có trạm khác xác nhận", "A, a witness agrees"],
  B: ["B, số đo tốt, chưa ai xác nhận", "B, good readings, no witness"],
  C: ["C, yếu", "C, weak"],
};

export const gradeName = (grade: NonNullable<Alarm["grade"]>): string => pick(...(grades[grade] as [string, string]));
