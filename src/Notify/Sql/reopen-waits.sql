-- How long others were to wait was said by a clock that may have been put right since: it is over.
UPDATE deliveries SET next_attempt_at = @Due WHERE next_attempt_at > @Due
