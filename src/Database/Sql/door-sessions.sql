SELECT account, client_id, expiry, command_qos FROM door_sessions ORDER BY account, client_id
