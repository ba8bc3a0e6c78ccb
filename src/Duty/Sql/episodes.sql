SELECT id, subject, rule, cause, opened_at, level, changed_at, peak_level, peak_stage_mm AS peak_stage, ended_at, acknowledged_by, acknowledged_at, note, assigned_to, quiet, quiet_by
FROM episodes
