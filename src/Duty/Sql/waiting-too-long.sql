SELECT id FROM proposals WHERE state = 'waiting' AND not_after < @Now ORDER BY id
