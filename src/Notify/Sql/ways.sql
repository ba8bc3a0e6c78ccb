-- Bulletins decided since a moment, with when what came before each step was done.
SELECT b.id AS bulletin, b.station, b.rule, b.cause, b.kind, b.level, b.measured_at, b.received_at, b.stored_at, p.proposed_at, b.decided_at, b.decided_by, b.planned_at, b.expired_at
FROM bulletins b LEFT JOIN proposals p ON p.id = b.proposal
WHERE b.decided_at >= @since ORDER BY b.id
