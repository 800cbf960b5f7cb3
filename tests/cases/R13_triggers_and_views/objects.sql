CREATE TRIGGER count_changes AFTER UPDATE OF owner ON accounts BEGIN
    UPDATE accounts SET changes = changes + 1 WHERE id = NEW.id; -- not "changes" itself; it's counted
END;
CREATE TRIGGER book AFTER INSERT ON entries BEGIN
    UPDATE accounts SET balance = balance + NEW.amount WHERE id = NEW.account_id;
END;
CREATE VIEW overview AS SELECT a.id, a.owner, a.changes, count(e.id) AS entries
FROM accounts AS a LEFT JOIN entries AS e ON e.account_id = a.id GROUP BY a.id;
CREATE VIEW everything AS SELECT * FROM accounts;
CREATE TRIGGER rename_owner INSTEAD OF UPDATE ON overview BEGIN
    UPDATE accounts SET owner = NEW.owner WHERE id = OLD.id;
END;
