-- enamel: keeps-old-code

-- create table tags
CREATE TABLE "tags" (
    "word" text NOT NULL,
    CONSTRAINT "tags_pkey" PRIMARY KEY ("word")
);

COMMENT ON TABLE "tags" IS 'words';

COMMENT ON COLUMN "tags"."word" IS 'one \ each';

-- add column users.nick text
ALTER TABLE "users" ADD COLUMN "nick" text;

COMMENT ON COLUMN "users"."nick" IS 'new';

-- drop comment on logs
COMMENT ON TABLE "logs" IS NULL;

-- users.name: comment 'what they''re called' becomes 'a name: it''s theirs'
COMMENT ON COLUMN "users"."name" IS 'a name: it''s theirs';

-- users.age: drop comment 'in years'
COMMENT ON COLUMN "users"."age" IS NULL;

-- comment on users: 'people' becomes 'those who sign in'
COMMENT ON TABLE "users" IS 'those who sign in';
