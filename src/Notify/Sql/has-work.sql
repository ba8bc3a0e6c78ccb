SELECT EXISTS (SELECT 1 FROM deliveries WHERE carrier = @carrier AND lane >= @lane AND next_attempt_at IS NOT NULL AND next_attempt_at <= @Due)
