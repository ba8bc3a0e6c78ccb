INSERT INTO debts (recipient_id, episode, station, rule, since_at)
VALUES (@RecipientId, @Episode, @Station, @Rule, @now)
ON CONFLICT (recipient_id, episode) DO NOTHING
