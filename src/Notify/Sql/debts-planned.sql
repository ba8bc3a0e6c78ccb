-- Whoever has this all-clear already needs no second one.
UPDATE debts
SET bulletin_id = @Id, unreachable_at = NULL, paid_at = CASE WHEN EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = @Id AND d.recipient_id = debts.recipient_id AND d.state IN ('accepted', 'delivered', 'seen')) THEN @now END
WHERE station = @Station AND rule = @Rule AND episode <= @Episode AND paid_at IS NULL AND bulletin_id IS NULL
  AND EXISTS (SELECT 1 FROM deliveries d WHERE d.bulletin_id = @Id AND d.recipient_id = debts.recipient_id)
