SELECT id, subject, from_at AS "from", until_at AS until, reason, entered_by, entered_at, ended_by, ended_at
FROM maintenance
