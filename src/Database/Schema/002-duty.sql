-- What the duty desk heard and what people decided. Instants (…_at, not_after) are microseconds since 1970, UTC; levels are 0 to 3 (none, I, II, III).

-- The last statement heard of each rule about each subject. The rules' memory is seeded from it at start.
CREATE TABLE alarms (
    subject        TEXT NOT NULL,
    rule           TEXT NOT NULL,
    cause          TEXT NOT NULL,               -- threshold, rate, silence, limit
    level          INTEGER NOT NULL,
    from_level     INTEGER NOT NULL,
    since_at       BIGINT NOT NULL,
    peak_level     INTEGER NOT NULL,
    series         INTEGER NOT NULL,            -- the reading behind it
    measured_at    BIGINT NOT NULL,
    received_at    BIGINT NOT NULL,
    value          DOUBLE PRECISION NOT NULL,
    flag           INTEGER NOT NULL,
    peak_stage_mm  INTEGER,                     -- null where no stage is judged
    rate_mm_per_h  INTEGER,                     -- null when too few points tell it
    PRIMARY KEY (subject, rule)
);

-- One alarm from its rise to its end, with what people did about it.
CREATE TABLE episodes (
    id               INTEGER PRIMARY KEY,
    subject          TEXT NOT NULL,
    rule             TEXT NOT NULL,
    cause            TEXT NOT NULL,
    opened_at        BIGINT NOT NULL,           -- by the river's clock (by ours for silence), as are changed_at and ended_at
    level            INTEGER NOT NULL,          -- the level that holds; 0 when ended
    changed_at       BIGINT NOT NULL,           -- since when
    peak_level       INTEGER NOT NULL,
    peak_stage_mm    INTEGER,
    ended_at         BIGINT,
    acknowledged_by  TEXT,
    acknowledged_at  BIGINT,
    note             TEXT
);
CREATE UNIQUE INDEX episodes_open ON episodes (subject, rule) WHERE ended_at IS NULL;
CREATE INDEX episodes_subject ON episodes (subject, rule, id);

-- A bulletin that waits for a decision. At most one of an episode waits; a newer one withdraws it.
CREATE TABLE proposals (
    id             INTEGER PRIMARY KEY,
    episode        INTEGER NOT NULL REFERENCES episodes (id),
    station        TEXT NOT NULL,
    rule           TEXT NOT NULL,
    cause          TEXT NOT NULL,
    kind           TEXT NOT NULL,               -- warning, allclear
    level          INTEGER NOT NULL,
    stage_mm       INTEGER,                     -- null where no stage is judged
    rate_mm_per_h  INTEGER,
    measured_at    BIGINT NOT NULL,
    proposed_at    BIGINT NOT NULL,
    not_after      BIGINT NOT NULL,
    state          TEXT NOT NULL,               -- waiting, approved, declined, withdrawn, expired
    decided_at     BIGINT,
    decided_by     TEXT,
    reason         TEXT
);
CREATE UNIQUE INDEX proposals_waiting ON proposals (episode) WHERE state = 'waiting';

-- What people are told, once decided. Never changed in its content, never deleted: its id is part of the keys given to carriers.
CREATE TABLE bulletins (
    id             INTEGER PRIMARY KEY,
    episode        INTEGER NOT NULL REFERENCES episodes (id),
    sequence       INTEGER NOT NULL,            -- 1, 2, 3… in its episode
    proposal       INTEGER REFERENCES proposals (id),
    station        TEXT NOT NULL,
    rule           TEXT NOT NULL,
    cause          TEXT NOT NULL,               -- threshold, rate, silence, limit
    kind           TEXT NOT NULL,               -- warning, allclear
    level          INTEGER NOT NULL,            -- 0 in an all-clear
    stage_mm       INTEGER,                     -- null where no stage is judged (silence, limit)
    rate_mm_per_h  INTEGER,
    measured_at    BIGINT NOT NULL,
    decided_at     BIGINT NOT NULL,
    decided_by     TEXT NOT NULL,               -- a person's name, or auto
    not_after      BIGINT NOT NULL,
    expired_at     BIGINT,                      -- it was old news when it was decided: never to be planned, never sent
    replaced_by    INTEGER REFERENCES bulletins (id),   -- the next one about the same station and rule that may be sent
    planned_at     BIGINT,                      -- set by Notify, when its deliveries stand in the outbox
    UNIQUE (episode, sequence)
);
CREATE INDEX bulletins_unplanned ON bulletins (id) WHERE planned_at IS NULL AND expired_at IS NULL;
CREATE INDEX bulletins_station ON bulletins (station, rule, id);

-- Who did what, when, by our clock. Only ever added to.
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY,
    at       BIGINT NOT NULL,
    who      TEXT NOT NULL,                     -- a person's name, or auto
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,                     -- what it was done to: episode/7, proposal/3, bulletin/12
    before   TEXT,                              -- JSON
    after    TEXT                               -- JSON
);
CREATE INDEX audit_subject ON audit (subject, id);
