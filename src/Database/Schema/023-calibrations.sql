-- What is added to the stage that a gauge sends, measured from from_at on: what a person read off the staff (staff_reading) less what the gauge itself had said then (gauge_mm, with nothing
-- added). Of two of one gauge the one that begins later holds from then on; it ends by hand, and then the one before holds again.
CREATE TABLE calibrations (
    id            INTEGER PRIMARY KEY,
    device        TEXT NOT NULL,
    from_at       BIGINT NOT NULL,
    offset_mm     BIGINT NOT NULL,
    staff_reading BIGINT NOT NULL REFERENCES staff_readings (id),
    gauge_mm      BIGINT NOT NULL,
    note          TEXT,
    entered_at    BIGINT NOT NULL,
    entered_by    TEXT NOT NULL,
    ended_at      BIGINT,                 -- null while it is in force
    ended_by      TEXT
);
CREATE INDEX calibrations_by_device ON calibrations (device, id);
