INSERT INTO episodes (id, subject, rule, cause, opened_at, level, changed_at, peak_level, ended_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM episodes), @Id, @RuleId, 'limit', @Now, 0, @Now, 0, @Now)
RETURNING id
