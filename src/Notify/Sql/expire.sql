UPDATE deliveries SET state = 'expired', next_attempt_at = NULL, settled_at = @now
WHERE next_attempt_at IS NOT NULL AND not_after < @now
