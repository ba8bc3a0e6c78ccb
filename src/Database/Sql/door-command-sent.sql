UPDATE door_commands SET packet_id = @packetId WHERE number = @number
