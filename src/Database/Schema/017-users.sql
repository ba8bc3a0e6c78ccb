-- Who may use the page and the API (the table accounts is the front door's). Every instant here is real time, also where the engine's clock runs fast.
-- Of whatever lets somebody in, only a hash is kept; the second factor's key cannot be one.

CREATE TABLE users (
    id              INTEGER PRIMARY KEY,
    name            TEXT NOT NULL,              -- by which the person signs in and, unless tied to an officer, decides
    role            TEXT NOT NULL CHECK (role IN ('viewer', 'technician', 'officer', 'commander', 'administrator')),
    area_codes      TEXT NOT NULL DEFAULT '',   -- with commas; empty: everywhere
    officer         INTEGER REFERENCES officers (id),
    password_hash   TEXT NOT NULL,              -- empty: has none, and comes in by the city's sign-on
    subject         TEXT,                       -- what the city's sign-on calls the person
    totp_key        BLOB,
    totp_since_at   BIGINT,                     -- since when a code is asked for; null: not yet
    totp_step       BIGINT NOT NULL DEFAULT 0,  -- the last time step whose code was taken: none is taken twice
    failures        INTEGER NOT NULL DEFAULT 0,
    locked_until_at BIGINT,
    made_at         BIGINT NOT NULL,
    made_by         TEXT NOT NULL,
    ended_at        BIGINT
);
CREATE UNIQUE INDEX users_name ON users (name) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX users_subject ON users (subject);

-- What lets in once instead of a code.
CREATE TABLE recovery_codes (
    user_id    INTEGER NOT NULL REFERENCES users (id),
    code_hash  BLOB NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (user_id, code_hash)
);

-- Links that make an account, or give its password back; each works once.
CREATE TABLE invitations (
    token_hash  BLOB PRIMARY KEY,
    user_id     INTEGER REFERENCES users (id),  -- whose password is set anew; null: an account is made
    name        TEXT,                           -- null: the first administrator chooses
    role        TEXT NOT NULL,
    area_codes  TEXT NOT NULL DEFAULT '',
    officer     INTEGER REFERENCES officers (id),
    made_at     BIGINT NOT NULL,
    made_by     TEXT NOT NULL,
    until_at    BIGINT NOT NULL,
    used_at     BIGINT
);

CREATE TABLE sessions (
    id             INTEGER PRIMARY KEY,
    token_hash     BLOB NOT NULL UNIQUE,
    user_id        INTEGER NOT NULL REFERENCES users (id),
    second_factor  INTEGER NOT NULL,            -- 1: a code was given in it
    began_at       BIGINT NOT NULL,
    seen_at        BIGINT NOT NULL,
    until_at       BIGINT NOT NULL,             -- it ends then, however busy it is
    address        TEXT NOT NULL,
    agent          TEXT NOT NULL,               -- what the browser says it is
    ended_at       BIGINT
);
CREATE INDEX sessions_user ON sessions (user_id) WHERE ended_at IS NULL;

-- For programs. They look and work on devices; they do not decide.
CREATE TABLE api_tokens (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('viewer', 'technician')),
    area_codes  TEXT NOT NULL DEFAULT '',
    token_hash  BLOB NOT NULL UNIQUE,
    made_at     BIGINT NOT NULL,
    made_by     TEXT NOT NULL,
    until_at    BIGINT,                         -- null: until it is ended
    ended_at    BIGINT
);
