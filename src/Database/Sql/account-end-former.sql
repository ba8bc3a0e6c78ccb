UPDATE accounts SET former_hash = NULL, former_until_at = NULL WHERE former_until_at <= @now
