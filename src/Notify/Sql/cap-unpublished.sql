-- The oldest bulletin that is to be published and was not: none to officers, none that a person stopped before. One that was stopped after is to be withdrawn. An all-clear
-- of which no warning stands published concerns nobody there.
SELECT *
FROM bulletins
WHERE expired_at IS NULL AND not_after >= @now
  AND CASE WHEN stopped_at IS NULL
      THEN NOT EXISTS (SELECT 1 FROM cap_messages WHERE bulletin_id = bulletins.id)
      ELSE kind <> 'allclear' AND (SELECT count(*) FROM cap_messages WHERE bulletin_id = bulletins.id AND status = @status) = 1
      END
  AND (kind IN ('warning', 'announcement') OR kind = 'allclear' AND EXISTS (
          SELECT 1 FROM cap_messages warned
          WHERE warned.station = bulletins.station AND warned.rule = bulletins.rule AND warned.status = @status AND warned.msg_type <> 'Cancel'
            AND NOT EXISTS (
                SELECT 1 FROM cap_messages over
                WHERE over.station = warned.station AND over.rule = warned.rule AND over.status = warned.status AND over.msg_type = 'Cancel'
                  AND (over.withdrawal = 0 AND over.id > warned.id OR over.bulletin_id = warned.bulletin_id))))
  AND id > @after
ORDER BY id
LIMIT 1
