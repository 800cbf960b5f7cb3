CREATE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.owner = concat(NEW.owner, '!');
    RETURN NEW;
END $$;
CREATE TRIGGER count_changes BEFORE UPDATE OF owner ON accounts FOR EACH ROW EXECUTE FUNCTION count_changes();
CREATE VIEW overview AS SELECT a.id, a.owner, a.changes, count(e.id) AS entries
FROM accounts AS a LEFT JOIN entries AS e ON e.account_id = a.id GROUP BY a.id;
CREATE VIEW all_entries AS SELECT * FROM entries;
CREATE MATERIALIZED VIEW owners AS SELECT owner FROM accounts;
CREATE FUNCTION rename_owner() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE accounts SET owner = NEW.owner WHERE id = OLD.id;
    RETURN NEW;
END $$;
CREATE TRIGGER rename_owner INSTEAD OF UPDATE ON overview FOR EACH ROW EXECUTE FUNCTION rename_owner();
