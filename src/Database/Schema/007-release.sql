-- What reservoirs announced ("Thông báo vận hành điều tiết"), as people entered it. Never changed but for its end, never deleted.
CREATE TABLE releases (
    id          INTEGER PRIMARY KEY,
    source      TEXT NOT NULL,                  -- the reservoir's id in the site
    q_min       INTEGER NOT NULL,               -- m³/s
    q_max       INTEGER NOT NULL,               -- m³/s; 0: the gates are closed
    starts_at   BIGINT NOT NULL,                -- when the gates open; may be hours ahead
    ends_at     BIGINT,                         -- null: valid until replaced
    document    TEXT,                           -- the notice's number or text
    entered_at  BIGINT NOT NULL,
    entered_by  TEXT NOT NULL,
    replaces    INTEGER REFERENCES releases (id),
    ended_at    BIGINT,                         -- null: in force
    ended_by    TEXT,                           -- a person's name, or auto
    end_reason  TEXT
);
CREATE UNIQUE INDEX releases_in_force ON releases (source) WHERE ended_at IS NULL;
CREATE INDEX releases_source ON releases (source, id);

-- What a bulletin about a release says; null in all others.
ALTER TABLE proposals ADD COLUMN reservoir TEXT;
ALTER TABLE proposals ADD COLUMN q_min INTEGER;
ALTER TABLE proposals ADD COLUMN q_max INTEGER;
ALTER TABLE proposals ADD COLUMN starts_at BIGINT;
ALTER TABLE bulletins ADD COLUMN reservoir TEXT;
ALTER TABLE bulletins ADD COLUMN q_min INTEGER;
ALTER TABLE bulletins ADD COLUMN q_max INTEGER;
ALTER TABLE bulletins ADD COLUMN starts_at BIGINT;
