SELECT station, rule, episode,
    count(*) AS made,
    sum(CASE WHEN paid_at IS NOT NULL THEN 1 ELSE 0 END) AS paid,
    sum(CASE WHEN paid_at IS NULL AND unreachable_at IS NOT NULL THEN 1 ELSE 0 END) AS unreachable
FROM debts
GROUP BY station, rule, episode
ORDER BY episode DESC
