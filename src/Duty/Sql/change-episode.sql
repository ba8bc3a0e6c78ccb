UPDATE episodes
SET level = @Level, changed_at = @ChangedAt, peak_level = @PeakLevel, peak_stage_mm = @PeakStage, ended_at = @EndedAt
WHERE id = @Id
