INSERT INTO alarms (
    subject, rule, cause, level, from_level, since_at, peak_level, series, measured_at, received_at, value, flag, peak_stage_mm, rate_mm_per_h,
    from_since_at, restated_at, grade)
VALUES (
    @Subject, @Rule, @Cause, @Level, @From, @SinceAt, @Peak, @Series, @MeasuredAt, @ReceivedAt, @Value, @Flag, @PeakStage, @Rate, @FromSinceAt,
    @RestatedAt, @Grade)
ON CONFLICT (subject, rule) DO UPDATE SET
    cause = excluded.cause, level = excluded.level, from_level = excluded.from_level, since_at = excluded.since_at,
    peak_level = excluded.peak_level, series = excluded.series, measured_at = excluded.measured_at, received_at = excluded.received_at,
    value = excluded.value, flag = excluded.flag, peak_stage_mm = excluded.peak_stage_mm, rate_mm_per_h = excluded.rate_mm_per_h,
    from_since_at = excluded.from_since_at, restated_at = excluded.restated_at, grade = excluded.grade
