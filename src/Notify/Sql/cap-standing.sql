-- The messages to which a new one refers: all of its episode since the last all-clear; an all-clear refers to those of earlier episodes that had none as well.
SELECT sender, identifier, sent
FROM cap_messages
WHERE station = @Station AND rule = @Rule AND status = @status AND (@everyEpisode OR episode = @Episode)
  AND id > (SELECT coalesce(max(id), 0) FROM cap_messages WHERE station = @Station AND rule = @Rule AND status = @status AND msg_type = 'Cancel')
ORDER BY id
