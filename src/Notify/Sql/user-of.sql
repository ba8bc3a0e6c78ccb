SELECT u.user_id
FROM recipients r JOIN carrier_users u ON u.recipient_id = r.id AND u.carrier = @Carrier
WHERE r.phone = @Phone
ORDER BY u.since_at DESC
LIMIT 1
