INSERT INTO cost_book (bulletin_id, carrier, language, units, price) VALUES (@Bulletin, @Carrier, @Language, @Units, @Price)
ON CONFLICT DO NOTHING
