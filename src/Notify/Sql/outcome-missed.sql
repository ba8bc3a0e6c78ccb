-- Whom no carrier could tell a bulletin, by the last delivery that was tried; who had a newer one or another one instead, or was spared it, is not among them.
SELECT last.bulletin_id AS bulletin, r.id AS recipient, r.name, r.hamlet, r.phone, r.ward_code, last.carrier, last.state, last.last_code AS code, last.last_answer AS answer
FROM (
    SELECT max(id) AS id
    FROM deliveries
    WHERE bulletin_id IN @bulletins
    GROUP BY bulletin_id, recipient_id
    HAVING sum(CASE WHEN state IN ('accepted', 'delivered', 'seen', 'replaced', 'held') THEN 1 ELSE 0 END) = 0
) AS missed JOIN deliveries last ON last.id = missed.id JOIN recipients r ON r.id = last.recipient_id
ORDER BY last.bulletin_id, r.ward_code, last.id
