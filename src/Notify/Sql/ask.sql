UPDATE deliveries SET asked = @Asked, receipt_due_at = @Next WHERE id = @Id
