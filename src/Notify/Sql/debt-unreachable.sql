-- Unless another carrier was given it at the same time, or still waits.
UPDATE debts SET unreachable_at = @now
WHERE recipient_id = @RecipientId AND bulletin_id = @BulletinId AND paid_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.bulletin_id = @BulletinId AND d.recipient_id = @RecipientId AND d.state IN ('planned', 'handedover', 'accepted', 'delivered', 'seen'))
