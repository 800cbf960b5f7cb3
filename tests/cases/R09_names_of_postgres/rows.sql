INSERT INTO "SELECT" ("loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one") VALUES (1), (2);
INSERT INTO "Straße" ("quo""te") VALUES (1), (NULL);
