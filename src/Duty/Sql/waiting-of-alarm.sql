SELECT proposals.id
FROM proposals JOIN episodes ON episodes.id = proposals.episode
WHERE episodes.subject = @Subject AND episodes.rule = @Rule AND proposals.state = 'waiting'
ORDER BY proposals.id
