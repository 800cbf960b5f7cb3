
-- drop check sane on users: x > 0 AND y > 0
ALTER TABLE "users" DROP CONSTRAINT "sane";

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check x > 0
SELECT "id", "x"
FROM "users"
WHERE NOT (x > 0);

-- add check sane on users: x > 0
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "sane" CHECK (x > 0);
