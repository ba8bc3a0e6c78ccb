INSERT INTO audit (id, at, who, action, subject, before, after)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), @at, @who, @action, @subject, @before, @after)
