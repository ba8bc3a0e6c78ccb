-- What was stated on the topics of sirens and ward loudspeakers. The newest of a topic is what is retained there now; earlier ones say what was to be heard when.
CREATE TABLE siren_notices (
    topic        TEXT NOT NULL,
    sequence     INTEGER NOT NULL,              -- 1, 2, 3… on its topic: the same for the same content
    ward_code    TEXT NOT NULL,
    state        TEXT NOT NULL,                 -- warning, allclear, withdrawn; none: nothing is retained
    bulletin_id  INTEGER REFERENCES bulletins (id),     -- null where the state is none
    level        INTEGER NOT NULL,
    stated_at    BIGINT NOT NULL,
    valid_until  BIGINT NOT NULL,               -- put off while what it warns of goes on
    payload      TEXT NOT NULL,                 -- as it is on the wire; empty where the state is none
    PRIMARY KEY (topic, sequence)
);

-- Which siren said that it has heard which of them, and when it said so first.
CREATE TABLE siren_heard (
    siren     TEXT NOT NULL,
    topic     TEXT NOT NULL,
    sequence  INTEGER NOT NULL,
    heard_at  BIGINT NOT NULL,
    PRIMARY KEY (siren, topic, sequence)
);
