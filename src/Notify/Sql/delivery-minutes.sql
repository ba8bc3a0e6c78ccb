-- What became of deliveries between two moments, minute by minute of the engine's clock; not of the canary's, and not of reminders to officers. Receipts come until days after.
WITH told AS (
    SELECT d.bulletin_id, d.carrier, d.state, d.planned_at, d.accepted_at, d.delivered_at, d.seen_at, d.settled_at, b.station, b.level
    FROM deliveries d JOIN bulletins b ON b.id = d.bulletin_id
    WHERE b.kind <> 'reminder' AND b.rule <> '_canary' AND b.planned_at < @to AND b.not_after >= @receipts
)
SELECT bulletin_id AS bulletin, station, level, carrier, 'planned' AS state, planned_at / 60000000 AS minute, count(*) AS deliveries
FROM told WHERE planned_at >= @from AND planned_at < @to GROUP BY bulletin_id, station, level, carrier, planned_at / 60000000
UNION ALL
SELECT bulletin_id, station, level, carrier, 'accepted', accepted_at / 60000000, count(*)
FROM told WHERE accepted_at >= @from AND accepted_at < @to GROUP BY bulletin_id, station, level, carrier, accepted_at / 60000000
UNION ALL
SELECT bulletin_id, station, level, carrier, 'delivered', delivered_at / 60000000, count(*)
FROM told WHERE delivered_at >= @from AND delivered_at < @to GROUP BY bulletin_id, station, level, carrier, delivered_at / 60000000
UNION ALL
SELECT bulletin_id, station, level, carrier, 'seen', seen_at / 60000000, count(*)
FROM told WHERE seen_at >= @from AND seen_at < @to GROUP BY bulletin_id, station, level, carrier, seen_at / 60000000
UNION ALL
SELECT bulletin_id, station, level, carrier, state, settled_at / 60000000, count(*)
FROM told WHERE settled_at >= @from AND settled_at < @to GROUP BY bulletin_id, station, level, carrier, state, settled_at / 60000000
ORDER BY 6, 1, 4, 5
