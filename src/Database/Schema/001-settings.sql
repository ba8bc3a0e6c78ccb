-- What the engine says of itself. The installation's number is part of every key given to a carrier.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO settings (name, value) VALUES ('installation', lower(hex(randomblob(4))));
