UPDATE deliveries
SET attempts = attempts - 1,
    state = CASE WHEN replaced_by IS NOT NULL THEN 'replaced' WHEN doubtful_at IS NULL THEN 'planned' ELSE state END,
    next_attempt_at = CASE WHEN replaced_by IS NULL THEN @Due END
WHERE id = @Id AND state = 'handedover' AND next_attempt_at IS NULL
