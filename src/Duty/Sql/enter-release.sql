INSERT INTO releases (id, source, q_min, q_max, starts_at, ends_at, document, entered_at, entered_by, replaces)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM releases), @Source, @QMin, @QMax, @StartsAt, @EndsAt, @Document, @Now, @Who, @Replaces)
RETURNING id
