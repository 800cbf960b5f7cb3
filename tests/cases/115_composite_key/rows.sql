INSERT INTO shops (id, region, number) VALUES (1, 1, 1);
INSERT INTO users (id, region, shop) VALUES (1, 1, 1), (2, NULL, 7), (3, 7, NULL);
