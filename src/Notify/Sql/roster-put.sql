-- What a file does not say stays as it is.
INSERT INTO recipients (
    phone, name, ward_code, language, lowest_level, hamlet, ground_mm, river_m, latitude, longitude, carriers, consent, consent_at, opted_out_at, imported_at)
VALUES (
    @Phone, coalesce(@Name, ''), @WardCode, coalesce(@Language, 'vi'), coalesce(@LowestLevel, 1), @Hamlet, @GroundMm, @RiverM, @Latitude, @Longitude, @Carriers, @Consent,
    @ConsentAt, @OptedOutAt, @ImportedAt)
ON CONFLICT (phone) DO UPDATE SET
    name = coalesce(@Name, recipients.name), ward_code = excluded.ward_code, language = coalesce(@Language, recipients.language),
    lowest_level = coalesce(@LowestLevel, recipients.lowest_level), hamlet = coalesce(@Hamlet, recipients.hamlet), ground_mm = coalesce(@GroundMm, recipients.ground_mm),
    river_m = coalesce(@RiverM, recipients.river_m), latitude = coalesce(@Latitude, recipients.latitude), longitude = coalesce(@Longitude, recipients.longitude),
    carriers = coalesce(@Carriers, recipients.carriers), consent = coalesce(@Consent, recipients.consent), consent_at = coalesce(@ConsentAt, recipients.consent_at),
    opted_out_at = coalesce(recipients.opted_out_at, @OptedOutAt), imported_at = excluded.imported_at
