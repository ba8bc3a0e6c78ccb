-- Which deliveries pass others at a carrier: 1 for officers, 0 for residents; the higher goes first, whatever its level.
ALTER TABLE deliveries ADD COLUMN lane INTEGER NOT NULL DEFAULT 0;
DROP INDEX deliveries_waiting;
CREATE INDEX deliveries_waiting ON deliveries (carrier, lane DESC, level DESC, rank, id, next_attempt_at, not_after) WHERE next_attempt_at IS NOT NULL;
