CREATE VIEW nicknames AS SELECT id, nickname FROM users;
CREATE VIEW emails AS SELECT id, email FROM users;
CREATE TRIGGER log_nickname AFTER UPDATE ON users BEGIN
    INSERT INTO logs (line) VALUES (OLD.nickname);
END;
CREATE TRIGGER keep_log BEFORE DELETE ON logs BEGIN SELECT raise(ABORT, 'kept'); END;
