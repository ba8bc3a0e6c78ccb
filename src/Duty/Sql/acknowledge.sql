UPDATE episodes SET acknowledged_by = @Who, acknowledged_at = @Now, note = @Note
WHERE id = @Episode AND acknowledged_at IS NULL
