UPDATE debts SET unreachable_at = @now
WHERE paid_at IS NULL AND unreachable_at IS NULL AND bulletin_id IN (SELECT id FROM bulletins WHERE not_after < @now) AND NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = debts.bulletin_id AND d.recipient_id = debts.recipient_id AND d.state IN ('planned', 'handedover', 'accepted', 'delivered', 'seen'))
