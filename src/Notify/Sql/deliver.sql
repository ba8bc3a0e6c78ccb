UPDATE deliveries
SET state = 'delivered', delivered_at = @now, accepted_at = coalesce(accepted_at, @now), settled_at = NULL, next_attempt_at = NULL, receipt_due_at = NULL,
    last_code = 'delivered', last_answer = NULL, last_answer_at = @now
WHERE id = @Id
