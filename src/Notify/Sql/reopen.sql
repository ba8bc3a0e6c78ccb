UPDATE deliveries
SET doubtful_at = coalesce(doubtful_at, @Now),
    state = CASE WHEN replaced_by IS NULL THEN state ELSE 'replaced' END,
    next_attempt_at = CASE WHEN replaced_by IS NULL THEN @Due END,
    settled_at = CASE WHEN replaced_by IS NULL THEN NULL ELSE @Now END,
    last_code = 'restart', last_answer = 'the engine stopped before the answer came', last_answer_at = @Now
WHERE state = 'handedover' AND next_attempt_at IS NULL
