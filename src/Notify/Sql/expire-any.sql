SELECT EXISTS (SELECT 1 FROM deliveries WHERE next_attempt_at IS NOT NULL AND not_after < @now)
