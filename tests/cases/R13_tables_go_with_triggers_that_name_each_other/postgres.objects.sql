CREATE FUNCTION count_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE users SET posts = posts + 1 WHERE id = NEW.user_id;
    RETURN NEW;
END $$;
CREATE TRIGGER count_post AFTER INSERT ON posts FOR EACH ROW EXECUTE FUNCTION count_post();
CREATE FUNCTION drop_posts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM posts WHERE user_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER drop_posts BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION drop_posts();
