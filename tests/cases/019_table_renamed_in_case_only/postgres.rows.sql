INSERT INTO "Users" (id, name) VALUES (1, 'Ann');
