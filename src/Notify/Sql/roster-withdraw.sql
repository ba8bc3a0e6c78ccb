-- What a carrier is being given this moment cannot be called back, but will not be tried again: it is replaced by nothing newer than itself.
UPDATE deliveries
SET replaced_by = bulletin_id,
    state = CASE WHEN state = 'handedover' AND next_attempt_at IS NULL THEN state ELSE 'replaced' END,
    settled_at = CASE WHEN state = 'handedover' AND next_attempt_at IS NULL THEN settled_at ELSE @now END,
    last_code = CASE WHEN state = 'handedover' AND next_attempt_at IS NULL THEN last_code ELSE @why END,
    next_attempt_at = NULL
WHERE recipient_id = @id AND state IN ('planned', 'handedover', 'held') AND level BETWEEN @least AND @most
