DELETE FROM door_commands WHERE number = @number
