-- A warning of another alarm may have taken its place before: then it goes now, under its old key.
-- To the debtors only, wherever they live now. Whoever is being told an older all-clear this moment waits for what becomes of it.
INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, lane, level, rank, state, not_after, next_attempt_at, planned_at)
SELECT @Id, r.id, @carrier, @KeyBegin || r.id || @KeyEnd, @Lane, @Level, r.flood_rank, 'planned', @NotAfter, @Due, @now
FROM recipients r
WHERE r.language = @language AND r.erased_at IS NULL
  AND (@evenOutOfReach OR coalesce(r.carriers, '') IN ('', @kind))
  AND r.id IN (SELECT recipient_id FROM temp.clearable)
  AND NOT EXISTS (
    SELECT 1 FROM bulletins b JOIN deliveries d ON d.bulletin_id = b.id
    WHERE b.station = @Station AND b.rule = @Rule AND b.kind = 'allclear' AND b.id < @Id AND d.recipient_id = r.id AND d.state = 'handedover')
  AND (@evenOutOfReach OR NOT EXISTS (
    SELECT 1 FROM out_of_reach o WHERE o.recipient_id = r.id AND o.carrier = @carrier AND o.since_at > @BelievedSince))
  AND (NOT @onlyWhoHasNone OR NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = @Id AND d.recipient_id = r.id AND d.state IN ('planned', 'handedover', 'accepted', 'delivered', 'seen')))
ORDER BY r.flood_rank, r.id
ON CONFLICT (bulletin_id, recipient_id, carrier) DO UPDATE
SET state = CASE WHEN deliveries.doubtful_at IS NULL THEN 'planned' ELSE 'handedover' END, next_attempt_at = excluded.next_attempt_at, settled_at = NULL, replaced_by = NULL
WHERE deliveries.state = 'replaced'
