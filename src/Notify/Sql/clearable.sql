-- Whom an all-clear pays its debt now. With the storm governor: who was told of nothing that still stands, or held back under it, or is being told this moment; and
-- also who was held back of this alarm, when the all-clear of the one that he was told of can no longer be sent.
SELECT DISTINCT x.recipient_id
FROM debts x
WHERE x.paid_at IS NULL AND x.bulletin_id IS NULL
  AND ((x.station = @Station AND x.rule = @Rule AND x.episode <= @Episode)
    OR (@joint
      AND EXISTS (
        SELECT 1 FROM bulletins c WHERE c.station = x.station AND c.rule = x.rule AND c.kind = 'allclear' AND c.episode >= x.episode)
      AND NOT EXISTS (
        SELECT 1 FROM bulletins c
        WHERE c.station = x.station AND c.rule = x.rule AND c.kind = 'allclear' AND c.episode >= x.episode
          AND c.not_after >= @now AND c.expired_at IS NULL AND c.stopped_at IS NULL)
      AND x.recipient_id IN (
        SELECT h.recipient_id
        FROM bulletins w JOIN deliveries h ON h.bulletin_id = w.id AND h.state = 'held'
        WHERE w.station = @Station AND w.rule = @Rule AND w.episode <= @Episode AND w.kind = 'warning')))
  AND (NOT @joint
    OR (x.recipient_id NOT IN (
        SELECT d.recipient_id
        FROM deliveries d
        WHERE d.bulletin_id IN @standing
          AND (d.state IN ('planned', 'handedover', 'accepted', 'delivered', 'seen', 'held') OR d.doubtful_at IS NOT NULL))
      AND x.recipient_id NOT IN (
        SELECT d.recipient_id FROM deliveries d WHERE d.state = 'handedover' AND d.next_attempt_at IS NULL)))
