INSERT INTO carrier_users (carrier, user_id, recipient_id, since_at)
VALUES (@carrier, @user, @RecipientId, @now)
ON CONFLICT (carrier, user_id) DO UPDATE SET recipient_id = excluded.recipient_id, since_at = excluded.since_at
WHERE recipient_id <> excluded.recipient_id
