-- What of lower or equal ones no carrier has yet, this one tells.
UPDATE deliveries
SET state = 'held', held_by = @Id, next_attempt_at = NULL, settled_at = @now,
    last_code = 'storm', last_answer = 'held back: told by bulletin ' || @Id, last_answer_at = @now
WHERE bulletin_id IN @under AND state = 'planned'
  AND recipient_id IN (SELECT recipient_id FROM deliveries WHERE bulletin_id = @Id AND state = 'planned')
