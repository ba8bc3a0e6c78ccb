-- Since when from_level had stood: to that a straggler may lead back after a restart. Null when it was none.
ALTER TABLE alarms ADD COLUMN from_since_at BIGINT;
