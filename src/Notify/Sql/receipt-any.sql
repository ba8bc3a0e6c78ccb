SELECT EXISTS (SELECT 1 FROM deliveries WHERE carrier = @carrier AND receipt_due_at <= @due)
