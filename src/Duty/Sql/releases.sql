SELECT id, source, q_min, q_max, starts_at, ends_at, document, entered_at, entered_by, replaces, ended_at, ended_by, end_reason
FROM releases
