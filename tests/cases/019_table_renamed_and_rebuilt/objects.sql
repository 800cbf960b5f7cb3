CREATE VIEW names AS SELECT name FROM user;
CREATE TRIGGER first_note AFTER INSERT ON user BEGIN
    INSERT INTO notes (user_id) VALUES (NEW.id);
END;
