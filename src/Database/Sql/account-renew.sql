UPDATE accounts
SET former_hash = CASE WHEN @formerUntil IS NULL THEN NULL ELSE coalesce(former_hash, password_hash) END,
    former_until_at = @formerUntil, password_hash = @hash, renewed_at = @at, renewed_by = @by
WHERE name = @name AND revoked_at IS NULL
