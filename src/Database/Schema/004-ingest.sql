-- Who may come in by the front door. A device's name is its id on the wire. Revoked accounts stay, so that it can be told who ended them and when.
CREATE TABLE accounts (
    name          TEXT PRIMARY KEY,
    role          TEXT NOT NULL CHECK (role IN ('device', 'technician')),
    password_hash TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by    TEXT NOT NULL,
    revoked_at    BIGINT,
    revoked_by    TEXT
);

-- Persistent MQTT sessions of devices. command_qos is null for a session that does not hear commands; expiry is in seconds, 4294967295 is for ever.
CREATE TABLE door_sessions (
    account     TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    expiry      BIGINT NOT NULL,
    command_qos BIGINT,
    PRIMARY KEY (account, client_id)
);

-- Commands that a device has not acknowledged. packet_id is 0 until the command was sent: then it goes again under the same identifier, marked as repeated.
CREATE TABLE door_commands (
    number    INTEGER PRIMARY KEY,
    account   TEXT NOT NULL,
    client_id TEXT NOT NULL,
    packet_id BIGINT NOT NULL DEFAULT 0,
    payload   BLOB NOT NULL,
    given_at  BIGINT NOT NULL,
    FOREIGN KEY (account, client_id) REFERENCES door_sessions (account, client_id) ON DELETE CASCADE
);
CREATE INDEX door_commands_by_session ON door_commands (account, client_id, number);
