-- What each carrier took of each bulletin, by language: what it charges for.
SELECT d.bulletin_id AS bulletin, d.carrier, r.language, count(*) AS deliveries,
    sum(CASE WHEN d.state IN ('accepted', 'delivered') THEN 1 ELSE 0 END) AS accepted,
    sum(CASE WHEN d.state = 'delivered' THEN 1 ELSE 0 END) AS delivered,
    sum(CASE WHEN d.state = 'failed' THEN 1 ELSE 0 END) AS failed
FROM deliveries d JOIN recipients r ON r.id = d.recipient_id
WHERE d.bulletin_id IN @bulletins AND d.state <> 'held'
GROUP BY d.bulletin_id, d.carrier, r.language
ORDER BY d.carrier, d.bulletin_id, r.language
