-- When the recipient has read it, as far as the carrier says.
ALTER TABLE deliveries ADD COLUMN seen_at BIGINT;

-- Accepted, and no report yet: when something is done about it, by the machine's clock as next_attempt_at is; null: nothing will be.
ALTER TABLE deliveries ADD COLUMN receipt_due_at BIGINT;
ALTER TABLE deliveries ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;     -- how often the carrier was asked what became of it
CREATE INDEX deliveries_receipt_due ON deliveries (carrier, receipt_due_at) WHERE receipt_due_at IS NOT NULL;

-- Why the next carrier tells it: refused, in_doubt, stopped, no_receipt; null where none does, and before this step.
ALTER TABLE deliveries ADD COLUMN next_why TEXT;

-- Zalo says by its own number only what was seen, and what came into its chat.
CREATE INDEX deliveries_zalo ON deliveries (reference) WHERE carrier IN ('zalo', 'zalo-oa') AND reference IS NOT NULL;
