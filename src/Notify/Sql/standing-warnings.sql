-- The warnings of alarms that are not over: no all-clear was decided after them, and their episode goes on, or a person has yet to decide its all-clear.
SELECT b.id, b.station, b.rule, b.cause, b.level, b.planned_at
FROM bulletins b JOIN episodes e ON e.id = b.episode
WHERE b.kind = 'warning' AND b.planned_at IS NOT NULL AND b.only_to IS NULL
  AND (e.ended_at IS NULL OR EXISTS (SELECT 1 FROM proposals p WHERE p.episode = b.episode AND p.kind = 'allclear' AND p.state = 'waiting'))
  AND NOT EXISTS (SELECT 1 FROM bulletins n WHERE n.station = b.station AND n.rule = b.rule AND n.id > b.id AND n.kind = 'allclear')
ORDER BY b.level DESC, b.id
