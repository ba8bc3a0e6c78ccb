UPDATE deliveries SET state = 'handedover', next_attempt_at = NULL, attempts = attempts + 1, handed_over_at = @now WHERE id = @Id
