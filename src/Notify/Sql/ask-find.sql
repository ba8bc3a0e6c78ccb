SELECT d.id, d.bulletin_id, d.carrier, d.key, d.lane, r.phone, r.language, d.not_after, d.reference, d.asked
FROM deliveries d JOIN recipients r ON r.id = d.recipient_id
WHERE d.carrier = @carrier AND d.receipt_due_at <= @due
ORDER BY d.receipt_due_at
LIMIT @atMost
