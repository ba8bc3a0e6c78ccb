-- The highest level of which people were warned, or an officer was asked, in one episode, or in all of an alarm since some time.
SELECT coalesce(max(level), 0)
FROM (
    SELECT bulletins.level FROM bulletins JOIN episodes ON episodes.id = bulletins.episode
    WHERE episodes.subject = @Subject AND episodes.rule = @Rule AND bulletins.kind = 'warning' AND (episodes.id = @Episode OR episodes.opened_at > @Since)
    UNION ALL
    SELECT proposals.level FROM proposals JOIN episodes ON episodes.id = proposals.episode
    WHERE episodes.subject = @Subject AND episodes.rule = @Rule AND proposals.kind = 'warning' AND (episodes.id = @Episode OR episodes.opened_at > @Since)
) AS told
