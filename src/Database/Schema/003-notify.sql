-- Whom we tell, and what became of it. Instants (…_at, not_after) are microseconds since 1970, UTC, by the engine's clock; next_attempt_at alone is
-- by the machine's, because a delay is real time even where a demonstration's clock runs fast.

-- The roster: one row a number.
CREATE TABLE recipients (
    id            INTEGER PRIMARY KEY,
    phone         TEXT NOT NULL UNIQUE,         -- E.164, +84…
    name          TEXT NOT NULL,
    ward_code     TEXT NOT NULL,
    language      TEXT NOT NULL,                -- vi, en
    lowest_level  INTEGER NOT NULL,             -- 1 to 3: is told of this level and of higher ones
    imported_at   BIGINT NOT NULL
);
CREATE INDEX recipients_ward ON recipients (ward_code, language, lowest_level);

-- Carriers that said they cannot reach a recipient at all (no Zalo account): not tried again until it is forgotten.
CREATE TABLE out_of_reach (
    recipient_id  INTEGER NOT NULL REFERENCES recipients (id),
    carrier       TEXT NOT NULL,
    code          TEXT NOT NULL,
    since_at      BIGINT NOT NULL,
    PRIMARY KEY (recipient_id, carrier)
);

-- The outbox and its history: one bulletin, one recipient, one carrier.
CREATE TABLE deliveries (
    id               INTEGER PRIMARY KEY,
    bulletin_id      INTEGER NOT NULL REFERENCES bulletins (id),
    recipient_id     INTEGER NOT NULL REFERENCES recipients (id),
    carrier          TEXT NOT NULL,
    key              TEXT NOT NULL UNIQUE,      -- what the carrier knows it by: the same at every attempt
    level            INTEGER NOT NULL,          -- the bulletin's: the higher is told first
    state            TEXT NOT NULL,             -- planned, handedover, accepted, delivered, failed, expired, replaced
    not_after        BIGINT NOT NULL,
    next_attempt_at  BIGINT,                    -- null: nothing to do, or (handedover) an attempt is under way
    attempts         INTEGER NOT NULL DEFAULT 0,
    setbacks         INTEGER NOT NULL DEFAULT 0,    -- attempts that gave no lasting answer: the back-off grows with them
    planned_at       BIGINT NOT NULL,
    handed_over_at   BIGINT,                    -- the last attempt
    doubtful_at      BIGINT,                    -- since when the carrier may have it without our knowing
    accepted_at      BIGINT,
    delivered_at     BIGINT,
    settled_at       BIGINT,                    -- failed, expired or replaced
    reference        TEXT,                      -- the carrier's own number for it
    last_code        TEXT,
    last_answer      TEXT,
    last_answer_at   BIGINT,
    replaced_by      INTEGER REFERENCES bulletins (id),
    next_carrier     TEXT,                      -- who was asked after this one had failed
    UNIQUE (bulletin_id, recipient_id, carrier)
);
CREATE INDEX deliveries_waiting ON deliveries (carrier, level DESC, id, next_attempt_at, not_after) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX deliveries_under_way ON deliveries (id) WHERE state = 'handedover' AND next_attempt_at IS NULL;

-- The last thing a recipient was told of a station: accepted by a carrier.
CREATE TABLE told (
    recipient_id  INTEGER NOT NULL REFERENCES recipients (id),
    station       TEXT NOT NULL,
    rule          TEXT NOT NULL,
    level         INTEGER NOT NULL,             -- 0: the all-clear
    bulletin_id   INTEGER NOT NULL REFERENCES bulletins (id),
    told_at       BIGINT NOT NULL,
    PRIMARY KEY (recipient_id, station, rule)
);

-- Everyone warned is owed one all-clear. Made when a carrier has a warning, or may have it; ended when a carrier has the all-clear.
CREATE TABLE debts (
    recipient_id    INTEGER NOT NULL REFERENCES recipients (id),
    episode         INTEGER NOT NULL REFERENCES episodes (id),
    station         TEXT NOT NULL,
    rule            TEXT NOT NULL,
    since_at        BIGINT NOT NULL,
    bulletin_id     INTEGER REFERENCES bulletins (id),  -- the all-clear that is to pay it
    unreachable_at  BIGINT,                     -- every carrier refused it, or its time ran out
    paid_at         BIGINT,
    PRIMARY KEY (recipient_id, episode)
);
CREATE INDEX debts_open ON debts (station, rule, episode) WHERE paid_at IS NULL AND bulletin_id IS NULL;
CREATE INDEX debts_planned ON debts (bulletin_id) WHERE paid_at IS NULL AND bulletin_id IS NOT NULL;

-- Tokens that a carrier gives and takes back. A new pair is here before it is used.
CREATE TABLE carrier_tokens (
    carrier        TEXT PRIMARY KEY,
    seed           TEXT NOT NULL,               -- SHA-256 of the configured refresh token that the chain began with
    access_token   TEXT NOT NULL,
    refresh_token  TEXT NOT NULL,
    renewed_at     BIGINT NOT NULL
);
