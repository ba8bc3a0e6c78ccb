INSERT INTO maintenance (id, subject, from_at, until_at, reason, entered_by, entered_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM maintenance), @Subject, @From, @Until, @Reason, @Who, @Now)
RETURNING id
