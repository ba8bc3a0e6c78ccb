SELECT EXISTS (
    SELECT 1 FROM deliveries
    WHERE carrier = @carrier AND next_attempt_at IS NOT NULL AND (state = 'planned' OR next_attempt_at <= @Patience))
