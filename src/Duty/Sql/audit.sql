SELECT id, at, who, action, subject, before, after
FROM audit
