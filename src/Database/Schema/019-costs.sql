-- What a letter of a bulletin costs: fixed when the first one goes, so that a later change of words or prices changes nothing that was spent.
CREATE TABLE cost_book (
    bulletin_id  INTEGER NOT NULL REFERENCES bulletins (id),
    carrier      TEXT NOT NULL,
    language     TEXT NOT NULL,
    units        INTEGER NOT NULL,      -- segments of an SMS; 1 for what is charged by the letter
    price        TEXT,                  -- đồng for one unit, a decimal number; null: nobody gave it
    PRIMARY KEY (bulletin_id, carrier, language)
) WITHOUT ROWID;
