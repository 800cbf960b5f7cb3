INSERT INTO "order" ("index", "a""b", "to", "group", "Straße", "two words") VALUES
    (1, 1, 'x', 'g', 'Allee', NULL), (2, 1, 'y', 'g''s', NULL, 1);
