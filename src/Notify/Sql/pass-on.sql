INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, lane, level, rank, state, not_after, next_attempt_at, planned_at)
SELECT bulletin_id, recipient_id, @next, @Key, lane, level, rank, 'planned', not_after, @Due, @now FROM deliveries WHERE id = @Id
ON CONFLICT (bulletin_id, recipient_id, carrier) DO NOTHING
