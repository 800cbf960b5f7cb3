CREATE VIEW names AS SELECT name FROM "user";
CREATE FUNCTION first_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO notes (user_id) VALUES (NEW.id);
    RETURN NEW;
END $$;
CREATE TRIGGER first_note AFTER INSERT ON "user" FOR EACH ROW EXECUTE FUNCTION first_note();
