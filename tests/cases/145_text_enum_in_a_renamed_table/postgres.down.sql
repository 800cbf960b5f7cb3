
-- rename table people to users
ALTER TABLE "people" RENAME TO "users";

-- rename column users.more to others
ALTER TABLE "users" RENAME COLUMN "more" TO "others";

-- drop check on users: "role" IN ('admin', 'friend', 'guest')
ALTER TABLE "users" DROP CONSTRAINT "ck_people_role_values";

-- drop check on users: "others" <@ ARRAY['admin', 'friend', 'guest']
ALTER TABLE "users" DROP CONSTRAINT "ck_people_more_values";

-- hazard: table-rewrite: every row of users is written again
UPDATE "users"
SET "role" = CASE "role" WHEN 'friend' THEN 'member' ELSE "role" END
WHERE "role" IS DISTINCT FROM (CASE "role" WHEN 'friend' THEN 'member' ELSE "role" END);

UPDATE "users"
SET "others" = array_replace("others", 'friend', 'member')
WHERE "others" IS DISTINCT FROM (array_replace("others", 'friend', 'member'));

-- users.role: default 'friend' becomes 'member'
ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'member';

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users whose role is none of 'admin', 'member'
SELECT "id", "role"
FROM "users"
WHERE NOT ("role" IN ('admin', 'member'));

-- add check on users: "role" IN ('admin', 'member')
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_role_values" CHECK ("role" IN ('admin', 'member'));

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check "others" <@ ARRAY['admin', 'member']
SELECT "id", "others"
FROM "users"
WHERE NOT ("others" <@ ARRAY['admin', 'member']);

-- add check on users: "others" <@ ARRAY['admin', 'member']
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_others_values" CHECK ("others" <@ ARRAY['admin', 'member']);
