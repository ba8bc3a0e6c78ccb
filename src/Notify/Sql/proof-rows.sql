-- Every delivery that was attempted, or has ended without an attempt; but for the canary's, which told nobody anything.
SELECT d.bulletin_id, d.recipient_id, r.phone, r.ward_code, d.carrier, d.key, d.level, d.state, d.attempts, d.planned_at, d.handed_over_at, d.doubtful_at,
    d.accepted_at, d.delivered_at, d.settled_at, d.reference, d.last_code, d.last_answer, d.next_carrier, d.next_why, d.seen_at
FROM deliveries d LEFT JOIN recipients r ON r.id = d.recipient_id
WHERE (@bulletin IS NULL OR d.bulletin_id = @bulletin) AND (d.attempts > 0 OR d.settled_at IS NOT NULL)
  AND d.bulletin_id NOT IN (SELECT id FROM bulletins WHERE rule = '_canary')
ORDER BY d.bulletin_id, d.id
