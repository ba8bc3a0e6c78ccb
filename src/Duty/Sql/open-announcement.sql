INSERT INTO episodes (id, subject, rule, cause, opened_at, level, changed_at, peak_level, ended_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM episodes), @station, 'announcement', 'announcement', @Now, 0, @Now, @level, @Now)
RETURNING id
