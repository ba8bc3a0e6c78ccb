SELECT
    (SELECT count(*) FROM bulletins WHERE planned_at IS NULL AND expired_at IS NULL AND stopped_at IS NULL) AS bulletins,
    (SELECT count(*) FROM deliveries WHERE next_attempt_at IS NOT NULL AND state = 'planned') AS planned,
    (SELECT count(*) FROM deliveries WHERE state = 'handedover') AS handed_over,
    (SELECT count(*) FROM deliveries WHERE state = 'accepted') AS awaiting_report
