SELECT subject, rule, cause, level, from_level AS "from", since_at, peak_level AS peak, series, measured_at, received_at, value, flag,
       peak_stage_mm AS peak_stage, rate_mm_per_h AS rate, from_since_at, restated_at, grade
FROM alarms
