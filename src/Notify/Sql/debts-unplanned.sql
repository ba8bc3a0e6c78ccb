UPDATE debts SET bulletin_id = NULL, unreachable_at = NULL
WHERE paid_at IS NULL AND bulletin_id IN @older
  AND EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = debts.bulletin_id AND d.recipient_id = debts.recipient_id AND d.replaced_by = @Id)
