CREATE TRIGGER count_changes AFTER UPDATE ON users BEGIN
    UPDATE users SET changes = changes + 1 WHERE id = NEW.id;
END;
