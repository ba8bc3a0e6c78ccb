-- Who was told by one of these, or is about to be, is not told by this one too. What is on its way in vain (replaced, withdrawn) tells nobody.
UPDATE deliveries
SET state = 'held', held_by = told.by_id, next_attempt_at = NULL, settled_at = @now,
    last_code = 'storm', last_answer = 'held back: told by bulletin ' || told.by_id, last_answer_at = @now
FROM (
    SELECT recipient_id, max(bulletin_id) AS by_id
    FROM deliveries
    WHERE bulletin_id IN @over AND (state IN ('accepted', 'delivered', 'seen') OR (state IN ('planned', 'handedover') AND replaced_by IS NULL))
    GROUP BY recipient_id) AS told
WHERE deliveries.bulletin_id = @Id AND deliveries.state = 'planned' AND deliveries.recipient_id = told.recipient_id
