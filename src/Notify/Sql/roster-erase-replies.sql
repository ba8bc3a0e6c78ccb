-- The rows stay: by their ids it is known how far they were read.
UPDATE replies
SET sender = 'erased', phone = NULL, text = ''
WHERE phone = @E164 OR EXISTS (
    SELECT 1 FROM carrier_users u WHERE u.recipient_id = @id AND u.carrier = replies.carrier AND u.user_id = replies.sender)
