-- Some deliveries of a bulletin that have come to an end: in the order of an index, so that the search stops with the last one wanted.
SELECT id, carrier, state, attempts, planned_at, handed_over_at, accepted_at, delivered_at, settled_at
FROM deliveries WHERE bulletin_id = @bulletin AND (delivered_at IS NOT NULL OR settled_at IS NOT NULL) ORDER BY recipient_id, carrier LIMIT @most
