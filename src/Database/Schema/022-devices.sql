-- A renewed account of the front door: the password before it goes on until former_until_at, so that a gauge can be given the new one in its own time.
ALTER TABLE accounts ADD COLUMN renewed_at BIGINT;
ALTER TABLE accounts ADD COLUMN renewed_by TEXT;
ALTER TABLE accounts ADD COLUMN former_hash TEXT;
ALTER TABLE accounts ADD COLUMN former_until_at BIGINT;

-- Devices that people took in while the engine runs, beside those of the site's files. What it sends is that of a model of the site as it was then (fields is JSON); the site's own
-- model of that id goes before it while there is one. A device that the files name themselves is theirs.
CREATE TABLE adopted_devices (
    id         INTEGER PRIMARY KEY,
    device     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    model      TEXT NOT NULL,
    fields     TEXT NOT NULL,
    station    TEXT,
    name       TEXT NOT NULL,
    adopted_at BIGINT NOT NULL,
    adopted_by TEXT NOT NULL,
    until_at   BIGINT,                 -- when it was let go; null while it is in force
    until_by   TEXT
);
CREATE UNIQUE INDEX adopted_devices_in_force ON adopted_devices (device) WHERE until_at IS NULL;

-- What people ordered a device to do. state is one of OrderState: Giving before the way to the device has said what it made of it, then Waiting (kept until it is acknowledged), Sent (to a
-- device that keeps no session), HandedOver (to an outside broker, which tells no more), or the end: Delivered, Refused, NobodyListens, Full, Failed.
CREATE TABLE device_orders (
    id         INTEGER PRIMARY KEY,
    device     TEXT NOT NULL,
    payload    TEXT NOT NULL,
    given_at   BIGINT NOT NULL,
    given_by   TEXT NOT NULL,
    state      TEXT NOT NULL,
    state_at   BIGINT NOT NULL,
    detail     TEXT
);
CREATE INDEX device_orders_by_device ON device_orders (device, id);

-- Which order a command carries; null for one that no person gave.
ALTER TABLE door_commands ADD COLUMN device_order BIGINT;

-- What a person read off a station's staff gauge, over the station's datum; to be held against what its gauge said then.
CREATE TABLE staff_readings (
    id         INTEGER PRIMARY KEY,
    station    TEXT NOT NULL,
    read_at    BIGINT NOT NULL,
    stage_mm   BIGINT NOT NULL,
    note       TEXT,
    entered_at BIGINT NOT NULL,
    entered_by TEXT NOT NULL,
    struck_at  BIGINT,                 -- when it was struck out as a mistake; null while it counts
    struck_by  TEXT
);
CREATE INDEX staff_readings_by_station ON staff_readings (station, read_at);
