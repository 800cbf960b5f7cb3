
-- users.age: default 20 becomes 15
ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT 15;

-- users.size: default (1 + 2) becomes (1 + 1)
ALTER TABLE "users" ALTER COLUMN "size" SET DEFAULT (1 + 1);
