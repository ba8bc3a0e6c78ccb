SELECT b.*
FROM bulletins b
WHERE b.kind = 'allclear' AND b.planned_at IS NOT NULL AND b.not_after >= @now
  AND NOT EXISTS (
    SELECT 1 FROM bulletins n
    WHERE n.station = b.station AND n.rule = b.rule AND n.id > b.id AND n.planned_at IS NOT NULL
      AND n.kind IN ('warning', 'allclear'))
  -- What is decided and not yet planned has the last word: an all-clear pays these debts itself, and before a warning nobody is told that it is over.
  AND NOT EXISTS (
    SELECT 1 FROM bulletins u
    WHERE u.planned_at IS NULL AND u.expired_at IS NULL AND u.stopped_at IS NULL AND u.id > b.id
      AND u.kind IN ('warning', 'allclear') AND (@joint OR (u.station = b.station AND u.rule = b.rule)))
  AND EXISTS (
    SELECT 1 FROM debts x
    WHERE (@joint OR (x.station = b.station AND x.rule = b.rule AND x.episode <= b.episode)) AND x.paid_at IS NULL AND x.bulletin_id IS NULL)
ORDER BY b.id
