-- The same sequence again puts off its end, and nothing else.
INSERT INTO siren_notices (topic, sequence, ward_code, state, bulletin_id, level, stated_at, valid_until, payload)
VALUES (@Topic, @Sequence, @WardCode, @state, @BulletinId, @Level, @StatedAt, @ValidUntil, @Payload)
ON CONFLICT (topic, sequence) DO UPDATE SET valid_until = excluded.valid_until, payload = excluded.payload
