UPDATE releases SET ended_at = @Now, ended_by = @Who, end_reason = @Reason
WHERE id = @Id AND ended_at IS NULL
