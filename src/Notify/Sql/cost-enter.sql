INSERT INTO cost_book (bulletin_id, carrier, language, units, price) VALUES (@BulletinId, @Id, @Language, @Units, @Price)
ON CONFLICT DO NOTHING
