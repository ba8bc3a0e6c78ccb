SELECT name, role, password_hash, created_at, created_by, revoked_at, revoked_by, renewed_at, renewed_by, former_hash, former_until_at AS former_until FROM accounts ORDER BY name
