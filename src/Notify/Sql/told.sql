INSERT INTO told (recipient_id, station, rule, level, bulletin_id, told_at)
VALUES (@RecipientId, @Station, @Rule, @Level, @BulletinId, @now)
ON CONFLICT (recipient_id, station, rule) DO UPDATE SET level = excluded.level, bulletin_id = excluded.bulletin_id, told_at = excluded.told_at
WHERE excluded.bulletin_id > told.bulletin_id
