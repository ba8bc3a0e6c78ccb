INSERT INTO carrier_tokens (carrier, seed, access_token, refresh_token, renewed_at, renewals)
VALUES (@Carrier, @Seed, @access, @refresh, @now, @renewals)
ON CONFLICT (carrier) DO UPDATE SET
    seed = excluded.seed, access_token = excluded.access_token, refresh_token = excluded.refresh_token, renewed_at = excluded.renewed_at,
    renewals = excluded.renewals
