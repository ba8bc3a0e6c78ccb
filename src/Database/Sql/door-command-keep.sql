INSERT INTO door_commands (account, client_id, payload, given_at) VALUES (@account, @clientId, @payload, @at) RETURNING number
