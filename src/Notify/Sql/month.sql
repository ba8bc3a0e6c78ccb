SELECT id FROM bulletins WHERE planned_at >= @from AND kind <> 'reminder' AND only_to IS NULL AND id <> @Id
