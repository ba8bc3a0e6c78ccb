SELECT d.id, d.key, d.bulletin_id, d.recipient_id, d.carrier, r.language, d.state, d.setbacks, d.not_after, d.next_attempt_at, d.doubtful_at, d.replaced_by,
       d.next_carrier, b.stopped_at
FROM deliveries d JOIN recipients r ON r.id = d.recipient_id JOIN bulletins b ON b.id = d.bulletin_id
WHERE d.key IN @Keys
