UPDATE bulletins SET replaced_by = @Id
WHERE station = @Station AND rule = @Rule AND id < @Id AND replaced_by IS NULL AND kind IN ('warning', 'allclear')
