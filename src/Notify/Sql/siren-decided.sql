-- What may stand for sirens: decided, for residents, about the water or in a person's words; of episodes that go on or ended lately, with what a person stopped (it is taken
-- back). What is wrong with our own gauges is no siren's business.
SELECT b.*, e.ended_at
FROM bulletins b JOIN episodes e ON e.id = b.episode
WHERE b.kind IN ('warning', 'allclear', 'announcement') AND b.cause NOT IN ('silence', 'limit', 'fault')
  AND b.only_to IS NULL AND b.expired_at IS NULL
  AND (e.ended_at IS NULL OR e.ended_at >= @since OR b.not_after >= @since)
ORDER BY b.id
