UPDATE maintenance SET ended_by = @Who, ended_at = @Now
WHERE id = @Id AND ended_at IS NULL AND until_at > @Now
