-- What was published for the public (CAP 1.2), as it was published: written once, never changed, never deleted. Later messages refer to it by sender, identifier and sent.
CREATE TABLE cap_messages (
    id           INTEGER PRIMARY KEY,           -- in the order of publication
    bulletin_id  INTEGER NOT NULL REFERENCES bulletins (id),
    episode      INTEGER NOT NULL REFERENCES episodes (id),
    station      TEXT NOT NULL,
    rule         TEXT NOT NULL,
    status       TEXT NOT NULL,                 -- Actual, Exercise, Test
    msg_type     TEXT NOT NULL,                 -- Alert, Update, Cancel
    sender       TEXT NOT NULL,
    identifier   TEXT NOT NULL UNIQUE,
    sent         TEXT NOT NULL,                 -- as it stands in the message: 2025-10-29T21:00:00+07:00
    sent_at      BIGINT NOT NULL,               -- the same, microseconds since 1970, UTC
    expires_at   BIGINT NOT NULL,
    title        TEXT NOT NULL,                 -- Vietnamese, for the feed
    summary      TEXT NOT NULL,
    xml          BLOB NOT NULL,                 -- the bytes
    UNIQUE (bulletin_id, status)
);
CREATE INDEX cap_messages_alarm ON cap_messages (station, rule, status, id);
