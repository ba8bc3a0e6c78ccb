-- What has arrived after all counts as arrived, though the next carrier was asked as well.
SELECT bulletin_id AS bulletin, carrier, state, max(lane) AS lane, count(*) AS deliveries,
    count(CASE WHEN state NOT IN ('delivered', 'seen') THEN next_carrier END) AS passed_on, max(next_carrier) AS next_carrier
FROM deliveries
GROUP BY bulletin_id, carrier, state
ORDER BY bulletin_id, carrier, state
