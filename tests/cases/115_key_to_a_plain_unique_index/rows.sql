INSERT INTO shops (region, number) VALUES (1, 1), (1, 2); INSERT INTO users (region, shop) VALUES (1, 2), (7, NULL);
