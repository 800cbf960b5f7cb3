CREATE TRIGGER users AFTER INSERT ON users BEGIN
    UPDATE visits SET id = id + 10 WHERE visits.users = new."users";
END;
