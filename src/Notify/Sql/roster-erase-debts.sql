-- Nobody can be told any more that it is over: the debt ends as unreachable, and no all-clear is planned for it.
UPDATE debts
SET unreachable_at = coalesce(unreachable_at, @now), bulletin_id = coalesce(bulletin_id, (SELECT max(b.id) FROM bulletins b WHERE b.episode = debts.episode))
WHERE recipient_id = @id AND paid_at IS NULL
