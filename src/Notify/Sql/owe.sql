INSERT INTO debts (recipient_id, episode, station, rule, since_at)
SELECT r.id, @Episode, @Station, @Rule, @now FROM recipients r WHERE r.id = @RecipientId AND r.erased_at IS NULL
ON CONFLICT (recipient_id, episode) DO NOTHING
