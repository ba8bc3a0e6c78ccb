SELECT id FROM bulletins 
WHERE id < @Id AND planned_at IS NOT NULL AND not_after >= @now
  AND ((station = @Station AND rule = @Rule AND kind IN ('warning', 'allclear')) OR (@joint AND kind = 'allclear'))
