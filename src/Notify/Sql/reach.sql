-- How many are alike in how they can be told: what they ask for, and the carriers that do not reach them.
SELECT alike.asks_for, alike.without, count(*) AS people
FROM (
    SELECT coalesce(r.carriers, '') AS asks_for,
           coalesce((SELECT string_agg(o.carrier, ',' ORDER BY o.carrier) FROM out_of_reach o WHERE o.recipient_id = r.id AND o.since_at > @BelievedSince), '') AS without
    FROM recipients r
    WHERE r.ward_code IN @areas AND r.language = @language AND r.lowest_level <= @Level
      AND r.erased_at IS NULL AND (r.opted_out_at IS NULL OR @despiteOptOut)
      AND @spent = (r.id IN (
        SELECT d.recipient_id
        FROM deliveries d
        WHERE d.bulletin_id IN @month AND d.state IN ('planned', 'handedover', 'accepted', 'delivered', 'seen')
        GROUP BY d.recipient_id
        HAVING count(DISTINCT d.bulletin_id) >= @budget))) AS alike
GROUP BY alike.asks_for, alike.without
