INSERT INTO things DEFAULT VALUES; INSERT INTO shop.kept (thing_id) VALUES (1); INSERT INTO audit.things VALUES (1, 'x');
