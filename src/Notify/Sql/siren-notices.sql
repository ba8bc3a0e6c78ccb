-- The newest notice of each topic.
SELECT topic, sequence, ward_code, state, bulletin_id, level, stated_at, valid_until, payload
FROM siren_notices n
WHERE sequence = (SELECT max(sequence) FROM siren_notices WHERE topic = n.topic)
ORDER BY topic
