-- How a proposal is decided, as the site said when it was made; and what people have changed in it.
ALTER TABLE proposals ADD COLUMN decider TEXT NOT NULL DEFAULT 'officer';   -- officer, supervisor
ALTER TABLE proposals ADD COLUMN persons INTEGER NOT NULL DEFAULT 1;        -- how many must approve
ALTER TABLE proposals ADD COLUMN within_s BIGINT;                           -- how long each who is asked has; null: until not_after
ALTER TABLE proposals ADD COLUMN steps TEXT NOT NULL DEFAULT '';            -- what happens, one after another, when the time is up: escalate,send
ALTER TABLE proposals ADD COLUMN decide_by BIGINT;                          -- when the first of them is due; null when none is left
ALTER TABLE proposals ADD COLUMN asked INTEGER NOT NULL DEFAULT 1;          -- so many places of the duty list are asked
ALTER TABLE proposals ADD COLUMN own_vi TEXT;                               -- a person's own words, instead of a template's
ALTER TABLE proposals ADD COLUMN own_en TEXT;
ALTER TABLE proposals ADD COLUMN slots TEXT;                                -- JSON: what a person wrote into slots
ALTER TABLE proposals ADD COLUMN area_codes TEXT;                          -- with commas; null: those of the station
CREATE INDEX proposals_clock ON proposals (decide_by) WHERE state = 'waiting' AND decide_by IS NOT NULL;

ALTER TABLE bulletins ADD COLUMN own_vi TEXT;
ALTER TABLE bulletins ADD COLUMN own_en TEXT;
ALTER TABLE bulletins ADD COLUMN slots TEXT;
ALTER TABLE bulletins ADD COLUMN area_codes TEXT;
ALTER TABLE bulletins ADD COLUMN only_to TEXT;                              -- a number: nobody else is told
ALTER TABLE bulletins ADD COLUMN stopped_at BIGINT;                         -- a person ended the broadcast: what no carrier has is not sent
ALTER TABLE bulletins ADD COLUMN stopped_by TEXT;
ALTER TABLE bulletins ADD COLUMN stop_reason TEXT;
CREATE INDEX bulletins_stopped ON bulletins (id) WHERE stopped_at IS NOT NULL;

-- Who has approved what waits for more than one. An edit takes them back.
CREATE TABLE approvals (
    proposal  INTEGER NOT NULL REFERENCES proposals (id),
    who       TEXT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (proposal, who)
);

-- The people who decide. Those who have left stay, so that it can be told who they were.
CREATE TABLE officers (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL,                  -- officer, supervisor
    phone       TEXT NOT NULL,                  -- E.164
    entered_by  TEXT NOT NULL,
    entered_at  BIGINT NOT NULL,
    left_at     BIGINT
);
CREATE UNIQUE INDEX officers_name ON officers (name) WHERE left_at IS NULL;
CREATE UNIQUE INDEX officers_phone ON officers (phone) WHERE left_at IS NULL;

-- The duty list: who is on duty, and who is asked after him.
CREATE TABLE shifts (
    id          INTEGER PRIMARY KEY,
    officer     INTEGER NOT NULL REFERENCES officers (id),
    place       INTEGER NOT NULL,               -- 1: on duty; 2, 3…: deputies, in that order
    from_at     BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    entered_by  TEXT NOT NULL,
    entered_at  BIGINT NOT NULL,
    removed_at  BIGINT
);
CREATE INDEX shifts_until ON shifts (until_at) WHERE removed_at IS NULL;

-- Whom we asked to decide, and when he said that he had heard it.
CREATE TABLE calls (
    id               INTEGER PRIMARY KEY,
    proposal         INTEGER NOT NULL REFERENCES proposals (id),
    officer          INTEGER NOT NULL REFERENCES officers (id),
    bulletin         INTEGER NOT NULL REFERENCES bulletins (id),    -- the last reminder
    code             TEXT NOT NULL UNIQUE,      -- by which the officer answers
    called_at        BIGINT NOT NULL,
    again_at         BIGINT,                    -- when he is reminded once more; null: he was, or has answered
    acknowledged_at  BIGINT,
    UNIQUE (proposal, officer)
);
