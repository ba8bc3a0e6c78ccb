-- Why carriers refused deliveries of a bulletin, by area; and how many of those the next carrier was asked for.
SELECT d.bulletin_id AS bulletin, d.carrier, r.ward_code, d.last_code AS code, max(d.last_answer) AS answer, count(*) AS deliveries, count(d.next_carrier) AS passed_on
FROM deliveries d JOIN recipients r ON r.id = d.recipient_id
WHERE d.bulletin_id IN @bulletins AND d.state = 'failed'
GROUP BY d.bulletin_id, d.carrier, r.ward_code, d.last_code
ORDER BY d.bulletin_id, d.carrier, r.ward_code, d.last_code
