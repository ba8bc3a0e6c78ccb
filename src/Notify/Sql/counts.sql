SELECT bulletin_id AS bulletin, carrier, state, count(*) AS deliveries, sum(CASE WHEN next_carrier IS NULL THEN 0 ELSE 1 END) AS passed_on
FROM deliveries
GROUP BY bulletin_id, carrier, state
ORDER BY bulletin_id, carrier, state
