INSERT INTO replies (carrier, message, sender, phone, text, received_at)
VALUES (@carrier, @Message, @From, @phone, @text, @now)
ON CONFLICT (carrier, message) DO NOTHING
