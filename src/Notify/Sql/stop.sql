UPDATE deliveries
SET state = 'stopped', settled_at = @now, next_attempt_at = NULL
WHERE bulletin_id = @id AND (next_attempt_at IS NOT NULL OR state = 'held')
