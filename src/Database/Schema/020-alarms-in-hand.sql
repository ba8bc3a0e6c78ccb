-- What officers do about an alarm besides seeing it, and how a shift is handed to the next.

-- Who has it in hand; null for nobody.
ALTER TABLE episodes ADD COLUMN assigned_to TEXT;

-- What people write beside an alarm. Only ever added to.
CREATE TABLE comments (
    id       INTEGER PRIMARY KEY,
    episode  INTEGER NOT NULL REFERENCES episodes (id),
    at       BIGINT NOT NULL,
    who      TEXT NOT NULL,
    text     TEXT NOT NULL
);
CREATE INDEX comments_episode ON comments (episode, id);

-- Technical alarms that are put aside for a while, whichever episode of them stands. What people are told of is never put aside.
CREATE TABLE shelves (
    id          INTEGER PRIMARY KEY,
    subject     TEXT NOT NULL,
    rule        TEXT NOT NULL,
    from_at     BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    shelved_by  TEXT NOT NULL,
    ended_by    TEXT,                           -- who took it back before its time
    ended_at    BIGINT
);
CREATE INDEX shelves_until ON shelves (until_at);

-- A shift as it is handed over. The one who wrote it holds the shift until every item is accepted.
CREATE TABLE handovers (
    id           INTEGER PRIMARY KEY,
    written_by   TEXT NOT NULL,
    written_at   BIGINT NOT NULL,
    text         TEXT NOT NULL,
    accepted_by  TEXT,                          -- who accepted the last item, and holds the shift since
    accepted_at  BIGINT,
    replaced_at  BIGINT                         -- its writer wrote another one before this was accepted
);
CREATE UNIQUE INDEX handovers_open ON handovers ((accepted_at IS NULL)) WHERE accepted_at IS NULL AND replaced_at IS NULL;

-- What stood when it was written.
CREATE TABLE handover_items (
    handover     INTEGER NOT NULL REFERENCES handovers (id),
    item         INTEGER NOT NULL,              -- 1, 2, 3…
    kind         TEXT NOT NULL,                 -- words, alarm, proposal, broadcast, debt, maintenance
    about        TEXT NOT NULL,                 -- episode/7, proposal/3, bulletin/12, maintenance/4; empty for words
    name         TEXT NOT NULL,
    detail       TEXT NOT NULL,
    level        INTEGER NOT NULL,              -- of a flood; 0 for none
    accepted_by  TEXT,
    accepted_at  BIGINT,
    PRIMARY KEY (handover, item)
);
