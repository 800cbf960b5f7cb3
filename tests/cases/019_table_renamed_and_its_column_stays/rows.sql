INSERT INTO visits (id, users) VALUES (1, 5), (2, 6);
INSERT INTO "Users" (users, name) VALUES (5, 'Ann');
