-- How often a pair of tokens was renewed. 0: it stands as configured, and renewed_at says since when we know it.
ALTER TABLE carrier_tokens ADD COLUMN renewals INTEGER NOT NULL DEFAULT 1;

-- Whom a carrier knows by an id of its own, learnt from its reports.
CREATE TABLE carrier_users (
    carrier       TEXT NOT NULL,
    user_id       TEXT NOT NULL,
    recipient_id  INTEGER NOT NULL REFERENCES recipients (id) ON DELETE CASCADE,
    since_at      BIGINT NOT NULL,
    PRIMARY KEY (carrier, user_id)
);
CREATE INDEX carrier_users_recipient ON carrier_users (recipient_id);

-- What recipients wrote to us. A carrier's repeat is known by its id of the message.
CREATE TABLE replies (
    id           INTEGER PRIMARY KEY,
    carrier      TEXT NOT NULL,
    message      TEXT,                          -- the carrier's id of it; null: it gives none, and repeats are not known
    sender       TEXT NOT NULL,                 -- a number, or the carrier's id of a person
    phone        TEXT,                          -- E.164 when the sender is a number
    text         TEXT NOT NULL,
    received_at  BIGINT NOT NULL,
    UNIQUE (carrier, message)
);

-- SpeedSMS reports by its own number only.
CREATE INDEX deliveries_speedsms ON deliveries (reference) WHERE carrier = 'speedsms';
