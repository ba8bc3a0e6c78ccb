-- What became of a proposal, for the list of those that were decided.
CREATE INDEX bulletins_proposal ON bulletins (proposal) WHERE proposal IS NOT NULL;
