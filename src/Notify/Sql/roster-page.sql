SELECT id, phone, name, ward_code, language, lowest_level, imported_at
FROM recipients
WHERE id > @after AND (@wardCode IS NULL OR ward_code = @wardCode)
ORDER BY id
LIMIT @limit
