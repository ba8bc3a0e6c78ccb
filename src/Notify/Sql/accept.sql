UPDATE deliveries
SET state = 'accepted', accepted_at = @now, reference = @Reference, receipt_due_at = @ReceiptDue, next_attempt_at = NULL, last_code = 'accepted', last_answer = NULL,
    last_answer_at = @now
WHERE id = @Id AND state = 'handedover'
