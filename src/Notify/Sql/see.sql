-- What was read has arrived, whether that was reported or not.
UPDATE deliveries
SET state = 'seen', seen_at = @now, delivered_at = coalesce(delivered_at, @now), accepted_at = coalesce(accepted_at, @now), settled_at = NULL,
    next_attempt_at = NULL, receipt_due_at = NULL, last_code = 'seen', last_answer = NULL, last_answer_at = @now
WHERE id = @Id
