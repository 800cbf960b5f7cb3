-- enamel: drop users.age

-- drop index ix_users_age on users
DROP INDEX "ix_users_age";

-- drop column users.age
-- hazard: data-loss: the values of users.age are gone
-- hazard: breaks-old-code: programs from before use users.age
ALTER TABLE "users" DROP COLUMN "age";
