SELECT
    (SELECT count(*) FROM bulletins WHERE planned_at IS NULL AND expired_at IS NULL AND stopped_at IS NULL) AS bulletins,
    (SELECT count(*) FROM deliveries WHERE next_attempt_at IS NOT NULL AND state = 'planned') AS planned,
    (SELECT count(*) FROM deliveries WHERE state = 'handedover') AS handed_over,
    (SELECT count(*) FROM deliveries WHERE state = 'accepted') AS awaiting_report,
    (SELECT count(*) FROM debts x WHERE x.paid_at IS NULL AND x.bulletin_id IS NULL AND EXISTS (
        SELECT 1 FROM bulletins b
        WHERE b.station = x.station AND b.rule = x.rule AND b.kind = 'allclear' AND b.episode >= x.episode AND b.planned_at IS NOT NULL
          AND b.not_after >= @now AND NOT EXISTS (
            SELECT 1 FROM bulletins n WHERE n.station = b.station AND n.rule = b.rule AND n.id > b.id AND n.planned_at IS NOT NULL
                AND n.kind IN ('warning', 'allclear')))) AS owed
