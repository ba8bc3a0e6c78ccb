-- When the reading behind it had come in, and when it was on disk and so acknowledged, by the engine's clock. Null where no reading just come was behind it (silence, an announcement,
-- what is judged anew), and in what is older than these columns.
ALTER TABLE proposals ADD COLUMN received_at BIGINT;
ALTER TABLE proposals ADD COLUMN stored_at BIGINT;
ALTER TABLE bulletins ADD COLUMN received_at BIGINT;
ALTER TABLE bulletins ADD COLUMN stored_at BIGINT;
