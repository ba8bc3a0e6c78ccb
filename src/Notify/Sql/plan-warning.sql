INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, lane, level, rank, state, not_after, next_attempt_at, planned_at)
SELECT @Id, r.id, @carrier, @KeyBegin || r.id || @KeyEnd, @Lane, @Level, r.flood_rank, 'planned', @NotAfter, @Due, @now
FROM recipients r
WHERE r.ward_code IN @areas AND r.language = @language AND r.lowest_level <= @Level
  AND r.erased_at IS NULL AND (r.opted_out_at IS NULL OR @despiteOptOut)
  AND (@evenOutOfReach OR coalesce(r.carriers, '') IN ('', @kind))
  AND (@evenOutOfReach OR NOT EXISTS (
    SELECT 1 FROM out_of_reach o WHERE o.recipient_id = r.id AND o.carrier = @carrier AND o.since_at > @BelievedSince))
  AND (NOT @onlyWhoHasNone OR NOT EXISTS (
    SELECT 1 FROM deliveries d WHERE d.bulletin_id = @Id AND d.recipient_id = r.id))
ORDER BY r.flood_rank, r.id
ON CONFLICT (bulletin_id, recipient_id, carrier) DO NOTHING
