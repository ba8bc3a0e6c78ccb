-- At an alarm's end what was held back of it stays so: it was told by another one. What a carrier is being given this moment cannot be called back, but will not be tried again.
UPDATE deliveries
SET replaced_by = @Id,
    state = CASE WHEN state = 'handedover' AND next_attempt_at IS NULL THEN state ELSE 'replaced' END,
    settled_at = CASE WHEN state = 'handedover' AND next_attempt_at IS NULL THEN settled_at ELSE @now END,
    next_attempt_at = NULL
WHERE bulletin_id IN @older AND (state IN ('planned', 'handedover') OR (state = 'held' AND NOT @Everyone))
  AND (@Everyone OR recipient_id IN (SELECT recipient_id FROM deliveries WHERE bulletin_id = @Id))
