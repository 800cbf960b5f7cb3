-- enamel: keeps-old-code

-- users.age: default 15 becomes 20
ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT 20;

-- users.size: default (1 + 1) becomes (1 + 2)
ALTER TABLE "users" ALTER COLUMN "size" SET DEFAULT (1 + 2);
