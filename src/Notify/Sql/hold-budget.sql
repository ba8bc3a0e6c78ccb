UPDATE deliveries
SET state = 'held', next_attempt_at = NULL, settled_at = @now,
    last_code = 'budget', last_answer = 'held back: the messages of the month are used up', last_answer_at = @now
WHERE bulletin_id = @Id AND state = 'planned'
  AND recipient_id IN (
    SELECT recipient_id
    FROM deliveries
    WHERE bulletin_id IN @month AND state IN ('planned', 'handedover', 'accepted', 'delivered', 'seen')
    GROUP BY recipient_id
    HAVING count(DISTINCT bulletin_id) >= @budget)
