UPDATE debts
SET paid_at = @now, bulletin_id = @BulletinId
WHERE recipient_id = @RecipientId AND ((station = @Station AND rule = @Rule AND episode <= @Episode) OR bulletin_id = @BulletinId) AND paid_at IS NULL
