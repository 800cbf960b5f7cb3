-- enamel: keeps-old-code

-- add column users.age integer
ALTER TABLE "users" ADD COLUMN "age" integer;
