INSERT INTO out_of_reach (recipient_id, carrier, code, since_at) VALUES (@RecipientId, @Carrier, @Code, @now)
ON CONFLICT (recipient_id, carrier) DO UPDATE SET code = excluded.code, since_at = excluded.since_at
