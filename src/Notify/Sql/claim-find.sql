SELECT d.id, d.bulletin_id, d.carrier, d.key, d.lane, r.phone, r.language, d.not_after, d.doubtful_at
FROM deliveries d JOIN recipients r ON r.id = d.recipient_id
WHERE d.carrier = @carrier AND d.lane >= @lane AND d.next_attempt_at IS NOT NULL AND d.next_attempt_at <= @due AND d.not_after >= @now
ORDER BY d.lane DESC, d.level DESC, d.rank, d.id
LIMIT @atMost
