CREATE VIEW nicknames AS SELECT id, nickname FROM users;
CREATE VIEW emails AS SELECT id, email FROM users;
CREATE MATERIALIZED VIEW short AS SELECT id FROM users WHERE length(nickname) < 4;
CREATE FUNCTION log_nickname() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO logs (line) VALUES (OLD.nickname);
    RETURN NEW;
END $$;
CREATE TRIGGER log_nickname AFTER UPDATE OF nickname ON users FOR EACH ROW EXECUTE FUNCTION log_nickname();
CREATE TRIGGER log_email AFTER UPDATE OF email ON users FOR EACH ROW EXECUTE FUNCTION log_nickname();
CREATE TRIGGER keep_log BEFORE DELETE ON logs FOR EACH ROW EXECUTE FUNCTION log_nickname();
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY named ON users USING (nickname IS NOT NULL);
