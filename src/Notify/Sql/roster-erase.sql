UPDATE recipients
SET phone = 'erased-' || id, name = '', hamlet = NULL, ground_mm = NULL, river_m = NULL, latitude = NULL, longitude = NULL, carriers = NULL, consent = NULL, consent_at = NULL,
    erased_at = @now
WHERE id = @id
