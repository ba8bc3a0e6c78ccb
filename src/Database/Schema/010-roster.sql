-- The roster: where people live, how they want to be told, what they agreed to. Instants (…_at) as before.
ALTER TABLE recipients ADD COLUMN hamlet TEXT;
ALTER TABLE recipients ADD COLUMN ground_mm INTEGER;            -- height of the ground over the national datum
ALTER TABLE recipients ADD COLUMN river_m INTEGER;              -- distance along the river, counted downstream
ALTER TABLE recipients ADD COLUMN latitude DOUBLE PRECISION;    -- WGS84
ALTER TABLE recipients ADD COLUMN longitude DOUBLE PRECISION;
ALTER TABLE recipients ADD COLUMN carriers TEXT;                -- sms or zalo alone; empty or null: any
ALTER TABLE recipients ADD COLUMN consent TEXT;                 -- to what, or where it is kept
ALTER TABLE recipients ADD COLUMN consent_at BIGINT;
ALTER TABLE recipients ADD COLUMN opted_out_at BIGINT;
ALTER TABLE recipients ADD COLUMN erased_at BIGINT;             -- nothing personal is left; the row stays for what was sent

-- Who floods first is told first: ground height, then distance along the river; the default is of those of whom neither is known (see roster-rank.sql).
ALTER TABLE recipients ADD COLUMN flood_rank BIGINT NOT NULL DEFAULT 10000000999999;
ALTER TABLE deliveries ADD COLUMN rank BIGINT NOT NULL DEFAULT 10000000999999;
DROP INDEX deliveries_waiting;
CREATE INDEX deliveries_waiting ON deliveries (carrier, level DESC, rank, id, next_attempt_at, not_after) WHERE next_attempt_at IS NOT NULL;
