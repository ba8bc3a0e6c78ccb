SELECT number, account, client_id, packet_id, payload FROM door_commands ORDER BY number
