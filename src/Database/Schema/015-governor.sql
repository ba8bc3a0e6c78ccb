-- What is held back for a resident: state held. last_code says why (storm: another bulletin tells him; budget: the messages of his month are used up).
ALTER TABLE deliveries ADD COLUMN held_by INTEGER REFERENCES bulletins (id);    -- the bulletin that tells him instead; null when none does
CREATE INDEX deliveries_held ON deliveries (bulletin_id, recipient_id) WHERE state = 'held';
