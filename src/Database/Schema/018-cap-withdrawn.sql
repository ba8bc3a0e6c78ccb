-- A message whose broadcast a person stopped is withdrawn by a second one of the same bulletin.
CREATE TABLE cap_messages_new (
    id           INTEGER PRIMARY KEY,           -- in the order of publication
    bulletin_id  INTEGER NOT NULL REFERENCES bulletins (id),
    withdrawal   INTEGER NOT NULL DEFAULT 0,    -- 1: takes back the message of the same bulletin, and nothing else
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
    UNIQUE (bulletin_id, status, withdrawal)
);
INSERT INTO cap_messages_new (id, bulletin_id, episode, station, rule, status, msg_type, sender, identifier, sent, sent_at, expires_at, title, summary, xml)
SELECT id, bulletin_id, episode, station, rule, status, msg_type, sender, identifier, sent, sent_at, expires_at, title, summary, xml FROM cap_messages;
DROP TABLE cap_messages;
ALTER TABLE cap_messages_new RENAME TO cap_messages;
CREATE INDEX cap_messages_alarm ON cap_messages (station, rule, status, id);
