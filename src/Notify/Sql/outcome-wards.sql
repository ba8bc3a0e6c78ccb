-- Of each bulletin and area: for how many people it was, how many of them a carrier has told and when, and how many handsets have it.
WITH people AS (
    SELECT d.bulletin_id, r.ward_code, d.recipient_id,
        min(CASE WHEN d.state IN ('accepted', 'delivered', 'seen') THEN d.accepted_at END) AS accepted_at,
        min(d.delivered_at) AS delivered_at,
        min(d.seen_at) AS seen_at,
        min(d.handed_over_at) AS handed_over_at,
        max(CASE WHEN d.state = 'replaced' THEN 1 ELSE 0 END) AS replaced,
        max(CASE WHEN d.state = 'held' AND d.held_by IS NOT NULL THEN 1 ELSE 0 END) AS held,
        max(CASE WHEN d.state = 'held' AND d.held_by IS NULL THEN 1 ELSE 0 END) AS over_budget
    FROM deliveries d JOIN recipients r ON r.id = d.recipient_id
    WHERE d.bulletin_id IN @bulletins
    GROUP BY d.bulletin_id, r.ward_code, d.recipient_id
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY bulletin_id, ward_code ORDER BY accepted_at IS NULL, accepted_at) AS place,
        count(accepted_at) OVER (PARTITION BY bulletin_id, ward_code) AS told
    FROM people
)
SELECT bulletin_id AS bulletin, ward_code, count(*) AS people, count(accepted_at) AS told, count(delivered_at) AS delivered,
    count(seen_at) AS seen,
    sum(CASE WHEN accepted_at IS NULL THEN replaced ELSE 0 END) AS replaced,
    sum(CASE WHEN accepted_at IS NULL THEN held ELSE 0 END) AS held, sum(CASE WHEN accepted_at IS NULL THEN over_budget ELSE 0 END) AS over_budget,
    min(handed_over_at) AS first_handed_over_at, min(accepted_at) AS first_accepted_at,
    max(CASE WHEN place = (told + 1) / 2 THEN accepted_at END) AS half_accepted_at, max(accepted_at) AS last_accepted_at,
    min(delivered_at) AS first_delivered_at, max(delivered_at) AS last_delivered_at
FROM ranked
GROUP BY bulletin_id, ward_code
ORDER BY bulletin_id, ward_code
