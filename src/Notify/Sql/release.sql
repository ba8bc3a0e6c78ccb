-- It is told after all, unless it is too late for it.
UPDATE deliveries
SET state = CASE WHEN not_after >= @now THEN 'planned' ELSE 'expired' END,
    next_attempt_at = CASE WHEN not_after >= @now THEN @Due END,
    settled_at = CASE WHEN not_after >= @now THEN NULL ELSE @now END,
    held_by = NULL
WHERE bulletin_id = @Id AND state = 'held' AND held_by IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = deliveries.held_by AND d.recipient_id = deliveries.recipient_id
      AND (d.state IN ('accepted', 'delivered', 'seen') OR (d.state IN ('planned', 'handedover') AND d.replaced_by IS NULL)))
