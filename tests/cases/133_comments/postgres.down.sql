
-- add comment on logs: 'what was done'
COMMENT ON TABLE "logs" IS 'what was done';

-- users.name: comment 'a name: it''s theirs' becomes 'what they''re called'
COMMENT ON COLUMN "users"."name" IS 'what they''re called';

-- users.age: add comment 'in years'
COMMENT ON COLUMN "users"."age" IS 'in years';

-- drop column users.nick
-- hazard: data-loss: the values of users.nick are gone
ALTER TABLE "users" DROP COLUMN "nick";

-- comment on users: 'those who sign in' becomes 'people'
COMMENT ON TABLE "users" IS 'people';

-- drop table tags
-- hazard: data-loss: the rows of tags are gone
DROP TABLE "tags";
