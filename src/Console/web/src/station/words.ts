import type { Alarm } from "../desk/desk";
import { pick, words } from "../words/language";
import type { MarkKind } from "./marks";

export const word = words({
  unknown: ["Không có trạm này.", "There is no such station."],
  back: ["Toàn sông", "The whole river"],
  above: ["Trạm trên", "Upstream"],
  below: ["Trạm dưới", "Downstream"],
  curve: ["Đường mực nước", "Hydrograph"],
  h6: ["6 giờ", "6 h"],
  d1: ["1 ngày", "1 day"],
  d3: ["3 ngày", "3 days"],
  d30: ["30 ngày", "30 days"],
  y1: ["1 năm", "1 year"],
  y5: ["5 năm", "5 years"],
  earlier: ["Trước đó", "Earlier"],
  later: ["Sau đó", "Later"],
  toNow: ["Hiện tại", "Now"],
  window: ["Khoảng thời gian", "Stretch of time"],
  loading: ["Đang tải…", "Loading…"],
  nothing: ["Không có số đo nào trong khoảng này.", "There is no reading in this stretch."],
  each: ["Gộp mỗi", "In stretches of"],
  raw: ["Từng số đo", "Every reading"],
  mean: ["trung bình", "mean"],
  range: ["thấp nhất–cao nhất", "least–greatest"],
  stage: ["mực nước", "stage"],
  suspect: ["đáng ngờ", "suspect"],
  failed: ["hỏng, không dùng", "failed, not used"],
  someFailed: ["có số đo hỏng, không dùng", "some failed and are not used"],
  calm: ["trừ thủy triều", "without the tide"],
  noTide: ["Chưa tách được thủy triều: cần một tháng số liệu.", "The tide is not known yet: it takes a month of readings."],
  rain: ["mưa", "rain"],
  forecast: ["dự báo", "forecast"],
  past: ["lũ trước", "past flood"],
  comparing: ["So với lũ trước", "Compare with a past flood"],
  noPast: ["không so", "none"],
  otherMoment: ["Thời điểm khác…", "Another moment…"],
  otherText: [
    "Lấy lúc nước qua báo động I gần thời điểm này nhất (trong 5 ngày trước và sau); nếu không qua thì lấy đúng thời điểm này. Lúc đó được đặt trùng với lúc qua báo động I của lần này.",
    "The passing of alarm level I nearest to this moment (five days around it) is laid over the present one; where it was not passed, the moment itself.",
  ],
  otherAt: ["Lúc", "At"],
  compare: ["So", "Compare"],
  csv: ["Tải CSV", "Download CSV"],
  help: [
    "Kéo để phóng to, bấm để hỏi vì sao. Bàn phím: ← → đi từng số đo, Enter hỏi vì sao, + − phóng to nhỏ, Home/End đầu cuối.",
    "Drag to zoom, click to ask why. Keyboard: ← → from reading to reading, Enter asks why, + − zoom, Home/End the ends.",
  ],
  marks: ["Việc trong khoảng này", "What happened in this stretch"],
  staff: ["Số đọc trên thước nước", "Staff gauge"],
  noStaff: ["Không có số đọc nào trong khoảng này.", "Nothing was read off the staff in this stretch."],
  enterStaff: ["Nhập số đọc", "Enter a reading"],
  staffText: ["Để so với trạm đo tự động. Tự nó, số đọc không phát hay hủy cảnh báo và không sửa số đo nào; hiệu chỉnh theo số đọc thì có.", "To be held against the gauge. By itself it raises and clears no alarm and changes no reading; a calibration by it does."],
  calibrations: ["Hiệu chỉnh", "Calibrations"],
  calibrate: ["Hiệu chỉnh theo số này", "Calibrate by this"],
  since: ["từ", "since"],
  gaugeSent: ["trạm gửi", "the gauge sent"],
  willBeAdded: ["sẽ được cộng vào mọi số đo của trạm kể từ lúc dưới đây, kể cả số đã lưu; cảnh báo được xét lại ngay. Số gốc vẫn lấy lại được.", "will be added to everything the gauge measured from the time below on, what is stored too; alarms are judged anew at once. What it sent can be had back."],
  offSince: ["Trạm đo lệch từ lúc", "The gauge is off since"],
  offSinceHint: ["Lúc nó bị va, bị dời; nếu lệch dần: lúc biết chắc lần cuối nó còn đúng. Sớm nhất 31 ngày trước.", "When it was hit or moved; if it drifted, when it was last known to be right. 31 days ago at the earliest."],
  endCalibration: ["Bỏ hiệu chỉnh", "End it"],
  endCalibrationText: ["Số đo của trạm, kể cả số đã lưu từ lúc ấy, trở lại như trước hiệu chỉnh này; cảnh báo được xét lại ngay.", "What the gauge sends, and has sent since, counts as before this calibration; alarms are judged anew at once."],
  endedBy: ["bỏ bởi", "ended by"],
  gaugeSaid: ["trạm đo lúc đó", "the gauge said"],
  noGauge: ["trạm đo không có số đo tin được gần lúc đó", "the gauge said nothing believable near that moment"],
  readAt: ["Đọc lúc (giờ Việt Nam)", "Read at (Vietnam's time)"],
  staffMetres: ["Mực nước trên thước (m)", "Height on the staff (m)"],
  note: ["Ghi chú (không bắt buộc)", "Note (may be left out)"],
  strike: ["Gạch bỏ", "Strike out"],
  strikeText: ["Số đọc này bị coi là nhầm và không hiện nữa; nhật ký vẫn giữ.", "It counts as a mistake and is shown no more; the audit keeps it."],
  noMarks: ["Không có cảnh báo hay bản tin nào trong khoảng này.", "No alarm and no bulletin in this stretch."],
  time: ["Lúc", "At"],
  what: ["Việc", "What"],
  value: ["Mực nước", "Stage"],
  showThere: ["Chỉ trên đường mực nước và hỏi vì sao", "Show it on the hydrograph and ask why"],
  open: ["Mở", "Open"],
  why: ["Vì sao báo, vì sao không", "Why, or why not"],
  whyNow: ["Vì sao lúc này?", "Why now?"],
  whyHint: ["Bấm một điểm trên đường mực nước, một việc trong danh sách, hoặc nút dưới đây.", "Click a point of the hydrograph, something on the list, or the button below."],
  at: ["Lúc", "At"],
  close: ["Đóng", "Close"],
  holds: ["đúng", "so"],
  holdsNot: ["không", "not so"],
  rested: ["Số đo làm căn cứ", "The readings it rests on"],
  siteChanged: ["Từ đó tới nay cấu hình đã đổi: lúc ấy quy tắc có thể khác.", "The site has been changed since: the rules may have been others then."],
  facts: ["Tình trạng", "Facts"],
  level: ["Cấp", "Level"],
  relation: ["So với báo động", "Against the levels"],
  rate: ["Tốc độ", "Rate"],
  measured: ["Đo lúc", "Measured"],
  received: ["Nhận lúc", "Received"],
  silent: ["Mất tin", "Silent"],
  expected: ["Dự báo", "Expected"],
  orNot: ["hoặc không tới", "or not at all"],
  middle: ["giữa", "middle"],
  chance: ["khả năng", "chance"],
  noForecast: ["không có", "none"],
  skill: ["Độ tin của dự báo", "How forecasts turned out"],
  noSkill: ["chưa có lần nào để tính", "none has come due yet"],
  evidence: ["Bằng chứng", "Evidence"],
  ladder: ["Mức báo động", "Alarm levels"],
  noLadder: ["Trạm này không có mức báo động.", "This station has no alarm levels."],
  begins: ["Từ", "From"],
  distance: ["Hiện còn / vượt", "Now below / above"],
  devices: ["Thiết bị của trạm", "The station's devices"],
  late: ["Số đo đến muộn, lẽ ra đã đổi cấp", "Readings that came late and would have changed the level"],
  noReading: ["chưa có số đo", "no reading yet"],
});

const kinds: Record<MarkKind, readonly [string, string]> = {
  rise: ["Cảnh báo", "Alarm"],
  end: ["Hết cảnh báo", "Alarm over"],
  decided: ["Quyết định", "Decision"],
  told: ["Bản tin", "Bulletin"],
  first: ["Máy đầu tiên nhận", "First handset"],
  last: ["Máy cuối cùng nhận", "Last handset"],
};

export const kindOf = (kind: MarkKind): string => pick(...(kinds[kind] as [string, string]));

const causes: Partial<Record<Alarm["cause"], readonly [string, string]>> = {
  Threshold: ["Mực nước", "Stage"],
  Rate: ["Tốc độ", "Rate"],
  Silence: ["Mất tin", "Silence"],
  Forecast: ["Dự báo", "Forecast"],
  Release: ["Xả hồ", "Release"],
  Combination: ["Kết hợp", "Combination"],
  Fault: ["Hỏng", "Fault"],
  Limit: ["Giới hạn", "Limit"],
};

export const causeOf = (cause: string): string => {
  const known = causes[cause as Alarm["cause"]];
  return known ? pick(...(known as [string, string])) : cause;
};

const flags: Record<string, readonly [string, string]> = {
  Good: ["tốt", "good"],
  NotEvaluated: ["chưa kiểm", "not evaluated"],
  Suspect: ["đáng ngờ", "suspect"],
  Fail: ["hỏng", "fail"],
  Missing: ["thiếu", "missing"],
};

export const flagOf = (flag: string): string => (flags[flag] ? pick(...(flags[flag] as [string, string])) : flag);

/** The same by QARTOD's numbers. */
export const flagOfNumber = (flag: number): string => flagOf({ 1: "Good", 2: "NotEvaluated", 3: "Suspect", 4: "Fail", 9: "Missing" }[flag] ?? String(flag));
