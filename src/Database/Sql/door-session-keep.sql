INSERT INTO door_sessions (account, client_id, expiry, command_qos) VALUES (@account, @clientId, @expiry, @commandQos)
ON CONFLICT (account, client_id) DO UPDATE SET expiry = excluded.expiry, command_qos = excluded.command_qos
