-- It was claimed, but its time had run out before the carrier heard of it.
UPDATE deliveries SET state = 'expired', next_attempt_at = NULL, settled_at = @now, attempts = attempts - 1
WHERE id = @Id
