INSERT INTO door_commands (account, client_id, payload, given_at, device_order) VALUES (@account, @clientId, @payload, @at, @order) RETURNING number
