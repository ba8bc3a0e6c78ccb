-- One all-clear pays all that is over, when it goes to those only for whom all is over. Whoever has this all-clear already needs no second one.
UPDATE debts
SET bulletin_id = @Id, unreachable_at = NULL, paid_at = CASE WHEN EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = @Id AND d.recipient_id = debts.recipient_id AND d.state IN ('accepted', 'delivered', 'seen')) THEN @now END
WHERE paid_at IS NULL AND bulletin_id IS NULL
  AND ((station = @Station AND rule = @Rule AND episode <= @Episode)
    OR (@joint AND EXISTS (
      SELECT 1 FROM bulletins c WHERE c.station = debts.station AND c.rule = debts.rule AND c.kind = 'allclear' AND c.episode >= debts.episode)))
  AND EXISTS (SELECT 1 FROM deliveries d WHERE d.bulletin_id = @Id AND d.recipient_id = debts.recipient_id AND d.state <> 'replaced')
