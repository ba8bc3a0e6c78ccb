UPDATE proposals SET state = @State, decided_at = @Now, decided_by = @Who, reason = @Reason
WHERE id = @Id AND state = 'waiting'
