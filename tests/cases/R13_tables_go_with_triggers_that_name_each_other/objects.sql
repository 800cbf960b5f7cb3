CREATE TRIGGER count_post AFTER INSERT ON posts BEGIN UPDATE users SET posts = posts + 1 WHERE id = NEW.user_id; END;
CREATE TRIGGER drop_posts BEFORE DELETE ON users BEGIN DELETE FROM posts WHERE user_id = OLD.id; END;
