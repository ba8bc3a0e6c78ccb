-- Looked at once. It stays accepted, for the carrier has it; where there is a next carrier, that one tells it as well.
UPDATE deliveries
SET receipt_due_at = NULL, next_carrier = @next, next_why = CASE WHEN @next IS NOT NULL THEN 'no_receipt' END
WHERE id = @Id
