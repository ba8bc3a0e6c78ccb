-- What may have been told may have to be taken back.
INSERT INTO debts (recipient_id, episode, station, rule, since_at)
SELECT d.recipient_id, b.episode, b.station, b.rule, @Now
FROM deliveries d JOIN bulletins b ON b.id = d.bulletin_id JOIN recipients r ON r.id = d.recipient_id
WHERE d.state = 'handedover' AND d.next_attempt_at IS NULL AND b.kind = 'warning' AND r.erased_at IS NULL
ON CONFLICT (recipient_id, episode) DO NOTHING
