-- Somebody who is told by number alone, whether the roster knows the number or not: of no area, so that no bulletin about one finds them.
INSERT INTO recipients (phone, name, ward_code, language, lowest_level, imported_at)
VALUES (@phone, '', '', 'vi', 1, @now)
ON CONFLICT (phone) DO NOTHING
