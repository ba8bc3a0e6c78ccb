-- Whoever was asked to tell it instead still does, and for the same cause.
UPDATE deliveries
SET state = @State, next_attempt_at = @Due, setbacks = @Setbacks, doubtful_at = @DoubtfulAt, next_carrier = coalesce(next_carrier, @next),
    next_why = coalesce(next_why, @why), receipt_due_at = NULL,
    settled_at = CASE WHEN @Due IS NULL THEN @now END, last_code = @Code, last_answer = @Answer, last_answer_at = @now
WHERE id = @Id
