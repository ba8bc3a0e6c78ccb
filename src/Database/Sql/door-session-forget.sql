DELETE FROM door_sessions WHERE account = @account AND client_id = @clientId
