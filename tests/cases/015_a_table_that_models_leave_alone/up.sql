-- enamel: keeps-old-code

-- add column users.age INTEGER
ALTER TABLE "users" ADD COLUMN "age" INTEGER;
