INSERT INTO recipients (phone, name, ward_code, language, lowest_level, imported_at)
VALUES (@Phone, @Name, @WardCode, @Language, @LowestLevel, @ImportedAt)
ON CONFLICT (phone) DO UPDATE SET
    name = excluded.name, ward_code = excluded.ward_code, language = excluded.language, lowest_level = excluded.lowest_level,
    imported_at = excluded.imported_at
