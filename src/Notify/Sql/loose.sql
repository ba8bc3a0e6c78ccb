-- What is held back although what stood for it has failed, run out of time, or was replaced or stopped, be it with its carrier this moment.
SELECT h.bulletin_id, count(*) AS deliveries
FROM deliveries h
WHERE h.state = 'held' AND h.held_by IS NOT NULL AND h.bulletin_id IN @standing
  AND NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = h.held_by AND d.recipient_id = h.recipient_id
      AND (d.state IN ('accepted', 'delivered', 'seen') OR (d.state IN ('planned', 'handedover') AND d.replaced_by IS NULL)))
GROUP BY h.bulletin_id
