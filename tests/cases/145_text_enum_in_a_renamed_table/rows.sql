INSERT INTO users (role, others) VALUES ('admin', '{admin}'), ('member', '{}');
