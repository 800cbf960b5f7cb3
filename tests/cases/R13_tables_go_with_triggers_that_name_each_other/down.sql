
-- create table users
-- hazard: data-loss: the rows that users held do not come back
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "posts" INTEGER NOT NULL
);

-- create table posts
-- hazard: data-loss: the rows that posts held do not come back
CREATE TABLE "posts" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "user_id" BIGINT NOT NULL,
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);

CREATE TRIGGER count_post AFTER INSERT ON posts BEGIN UPDATE users SET posts = posts + 1 WHERE id = NEW.user_id; END;

CREATE TRIGGER drop_posts BEFORE DELETE ON users BEGIN DELETE FROM posts WHERE user_id = OLD.id; END;
