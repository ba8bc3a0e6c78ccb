-- What each carrier took of each bulletin, by language: what it charges for.
SELECT d.bulletin_id AS bulletin, d.carrier, r.language, count(*) AS deliveries, coalesce(c.units, 0) AS units, c.price AS price_text,
    sum(CASE WHEN d.state IN ('accepted', 'delivered', 'seen') THEN 1 ELSE 0 END) AS accepted,
    sum(CASE WHEN d.state IN ('delivered', 'seen') THEN 1 ELSE 0 END) AS delivered,
    sum(CASE WHEN d.state = 'seen' THEN 1 ELSE 0 END) AS seen,
    sum(CASE WHEN d.next_why = 'no_receipt' THEN 1 ELSE 0 END) AS no_receipt,
    sum(CASE WHEN d.state = 'failed' THEN 1 ELSE 0 END) AS failed
FROM deliveries d JOIN recipients r ON r.id = d.recipient_id
LEFT JOIN cost_book c ON c.bulletin_id = d.bulletin_id AND c.carrier = d.carrier AND c.language = r.language
WHERE d.bulletin_id IN @bulletins AND d.state <> 'held'
GROUP BY d.bulletin_id, d.carrier, r.language
ORDER BY d.carrier, d.bulletin_id, r.language
