SELECT id FROM bulletins WHERE station = @Station AND rule = @Rule AND id < @Id AND planned_at IS NOT NULL AND not_after >= @now AND kind IN ('warning', 'allclear')
