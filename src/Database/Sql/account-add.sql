INSERT INTO accounts (name, role, password_hash, created_at, created_by)
VALUES (@Name, @Role, @PasswordHash, @CreatedAt, @CreatedBy)
ON CONFLICT (name) DO UPDATE
SET role = excluded.role, password_hash = excluded.password_hash, created_at = excluded.created_at, created_by = excluded.created_by,
    revoked_at = NULL, revoked_by = NULL, renewed_at = NULL, renewed_by = NULL, former_hash = NULL, former_until_at = NULL
WHERE accounts.revoked_at IS NOT NULL
