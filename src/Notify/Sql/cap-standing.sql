-- The messages to which a new one refers: all of its episode since the last all-clear, but for what was withdrawn; an all-clear refers to those of earlier episodes that had
-- none as well.
SELECT sender, identifier, sent
FROM cap_messages said
WHERE station = @Station AND rule = @Rule AND status = @status AND (@everyEpisode OR episode = @Episode) AND withdrawal = 0
  AND NOT EXISTS (SELECT 1 FROM cap_messages taken WHERE taken.bulletin_id = said.bulletin_id AND taken.status = said.status AND taken.withdrawal = 1)
  AND id > (
      SELECT coalesce(max(id), 0) FROM cap_messages
      WHERE station = @Station AND rule = @Rule AND status = @status AND msg_type = 'Cancel' AND withdrawal = 0)
ORDER BY id
