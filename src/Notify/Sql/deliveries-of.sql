-- Of some people only: the key of deliveries finds them bulletin by bulletin.
SELECT d.id, d.bulletin_id, d.recipient_id, r.name, r.phone, r.ward_code, d.carrier, d.key, d.level, d.state, d.attempts, d.not_after, d.planned_at,
    d.handed_over_at, d.doubtful_at, d.accepted_at, d.delivered_at, d.seen_at, d.settled_at, d.reference, d.last_code, d.last_answer, d.next_carrier, d.next_why, d.held_by
FROM bulletins b CROSS JOIN deliveries d ON d.bulletin_id = b.id AND d.recipient_id IN @recipients JOIN recipients r ON r.id = d.recipient_id
WHERE (@bulletin IS NULL OR b.id = @bulletin) AND (@State IS NULL OR d.state = @State) AND (@ward IS NULL OR r.ward_code = @ward) AND (@before IS NULL OR d.id < @before)
ORDER BY d.id DESC
LIMIT @limit
