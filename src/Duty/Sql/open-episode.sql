INSERT INTO episodes (id, subject, rule, cause, opened_at, level, changed_at, peak_level, peak_stage_mm)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM episodes), @Subject, @Rule, @Cause, @Since, @Level, @Since, @Peak, @PeakStage)
RETURNING id
