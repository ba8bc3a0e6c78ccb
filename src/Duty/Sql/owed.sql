-- The station that is owed an all-clear: this episode warned it, or an earlier one did and no all-clear that could be sent has followed.
SELECT warning.station
FROM bulletins warning JOIN episodes warned ON warned.id = warning.episode
WHERE warned.subject = @Subject AND warned.rule = @Rule AND warning.kind = 'warning'
  AND (warning.episode = @Episode
       OR (warning.expired_at IS NULL AND NOT EXISTS (
               SELECT 1
               FROM bulletins cleared JOIN episodes ended ON ended.id = cleared.episode
               WHERE ended.subject = @Subject AND ended.rule = @Rule AND cleared.kind = 'allclear' AND cleared.expired_at IS NULL
                 AND cleared.id > warning.id)))
ORDER BY warning.id DESC
LIMIT 1
