-- A siren that names no sequence means the newest of that bulletin. What was never stated there cannot have been heard.
INSERT INTO siren_heard (siren, topic, sequence, heard_at)
SELECT @siren, topic, max(sequence), @now
FROM siren_notices
WHERE topic = @topic AND bulletin_id = @bulletin AND (@sequence IS NULL OR sequence = @sequence)
GROUP BY topic
ON CONFLICT (siren, topic, sequence) DO NOTHING
