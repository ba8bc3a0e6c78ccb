-- How well the statement is borne out: 1, 2, 3 for A, B, C.
ALTER TABLE alarms ADD COLUMN grade INTEGER NOT NULL DEFAULT 2;

-- What keeps the notices of an episode quiet: maintenance, inhibited, hours, flapping; null for nothing. And what exactly does.
ALTER TABLE episodes ADD COLUMN quiet TEXT;
ALTER TABLE episodes ADD COLUMN quiet_by TEXT;

-- Why a person is asked although the rule tells by itself: evidence, maintenance; null when it does not.
ALTER TABLE proposals ADD COLUMN because TEXT;

-- Times in which people work on a station or a device. Its faults are quiet then; a flood asks a person.
CREATE TABLE maintenance (
    id          INTEGER PRIMARY KEY,
    subject     TEXT NOT NULL,                  -- a station's or a device's id
    from_at     BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    entered_by  TEXT NOT NULL,
    entered_at  BIGINT NOT NULL,
    ended_by    TEXT,                           -- who ended it before its time
    ended_at    BIGINT
);
CREATE INDEX maintenance_until ON maintenance (until_at);
