UPDATE deliveries
SET state = @State, next_attempt_at = @Due, setbacks = @Setbacks, doubtful_at = @DoubtfulAt, next_carrier = @next,
    settled_at = CASE WHEN @Due IS NULL THEN @now END, last_code = @Code, last_answer = @Answer, last_answer_at = @now
WHERE id = @Id
