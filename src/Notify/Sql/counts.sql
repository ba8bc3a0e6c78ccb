SELECT bulletin_id AS bulletin, carrier, state, max(lane) AS lane, count(*) AS deliveries, count(next_carrier) AS passed_on, max(next_carrier) AS next_carrier
FROM deliveries
GROUP BY bulletin_id, carrier, state
ORDER BY bulletin_id, carrier, state
