INSERT INTO users (role) VALUES ('admin'), ('member');
