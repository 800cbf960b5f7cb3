INSERT INTO "Old One".users (name) VALUES ('Ada'); INSERT INTO notes (user_id) VALUES (1);
