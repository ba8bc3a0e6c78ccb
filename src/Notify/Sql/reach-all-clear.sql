SELECT alike.asks_for, alike.without, count(*) AS people
FROM (
    SELECT coalesce(r.carriers, '') AS asks_for,
           coalesce((SELECT string_agg(o.carrier, ',' ORDER BY o.carrier) FROM out_of_reach o WHERE o.recipient_id = r.id AND o.since_at > @BelievedSince), '') AS without
    FROM recipients r
    WHERE r.language = @language AND r.erased_at IS NULL
      AND r.id IN (SELECT x.recipient_id FROM debts x WHERE x.station = @Station AND x.rule = @Rule AND x.paid_at IS NULL)) AS alike
GROUP BY alike.asks_for, alike.without
