-- enamel: keeps-old-code

-- drop index ix_lower on users
DROP INDEX "ix_lower";

-- drop index ix_users_name on users
DROP INDEX "ix_users_name";

-- users.name: collation C becomes POSIX
-- users.free: add collation C
-- hazard: table-rewrite: every row of users is written again
-- hazard: long-lock: readers and writers of users wait meanwhile
ALTER TABLE "users"
    ALTER COLUMN "name" TYPE text COLLATE "POSIX",
    ALTER COLUMN "free" TYPE text COLLATE "C";

-- add index ix_lower on users(lower(name))
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_lower" ON "users" ((lower(name)));

-- add index ix_users_name on users(name collate POSIX)
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE INDEX "ix_users_name" ON "users" ("name" COLLATE "POSIX");
