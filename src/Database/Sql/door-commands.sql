SELECT number, account, client_id, packet_id, payload, device_order FROM door_commands ORDER BY number
