SELECT id, phone, name, ward_code, hamlet, language, lowest_level, ground_mm, river_m, latitude, longitude, carriers, consent, consent_at, opted_out_at, imported_at
FROM recipients
WHERE id > @after AND erased_at IS NULL AND (@wardCode IS NULL OR ward_code = @wardCode)
ORDER BY id
LIMIT @limit
