INSERT INTO users (name, free) VALUES ('Ada', 'x'), ('ada', 'y');
