SELECT count(*) || '/' || coalesce(max(created_at), 0) || '/' || coalesce(max(revoked_at), 0) || '/' || count(revoked_at)
    || '/' || coalesce(max(renewed_at), 0) || '/' || count(former_hash) FROM accounts
