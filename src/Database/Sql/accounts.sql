SELECT name, role, password_hash, created_at, created_by, revoked_at, revoked_by FROM accounts ORDER BY name
