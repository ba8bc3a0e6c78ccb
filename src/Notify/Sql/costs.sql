-- What carriers took of each bulletin and language, hour by hour of acceptance: an hour lies in one month, whatever the zone.
SELECT d.carrier, min(d.accepted_at) AS accepted_at, count(*) AS letters, coalesce(c.units, 1) AS units, c.price
FROM deliveries d
JOIN recipients r ON r.id = d.recipient_id
LEFT JOIN cost_book c ON c.bulletin_id = d.bulletin_id AND c.carrier = d.carrier AND c.language = r.language
WHERE d.accepted_at IS NOT NULL
GROUP BY d.carrier, d.accepted_at / 3600000000, c.units, c.price
