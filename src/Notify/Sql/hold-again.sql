-- What stood for them does so no longer, but another one does.
UPDATE deliveries
SET held_by = told.by_id, last_answer = 'held back: told by bulletin ' || told.by_id, last_answer_at = @now
FROM (
    SELECT recipient_id, max(bulletin_id) AS by_id
    FROM deliveries
    WHERE bulletin_id IN @over AND (state IN ('accepted', 'delivered', 'seen') OR (state IN ('planned', 'handedover') AND replaced_by IS NULL))
    GROUP BY recipient_id) AS told
WHERE deliveries.bulletin_id = @Id AND deliveries.state = 'held' AND deliveries.held_by IS NOT NULL AND deliveries.recipient_id = told.recipient_id
  AND NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = deliveries.held_by AND d.recipient_id = deliveries.recipient_id
      AND (d.state IN ('accepted', 'delivered', 'seen') OR (d.state IN ('planned', 'handedover') AND d.replaced_by IS NULL)))
