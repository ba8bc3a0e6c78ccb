UPDATE accounts SET revoked_at = @at, revoked_by = @by, former_hash = NULL, former_until_at = NULL WHERE name = @name AND revoked_at IS NULL
