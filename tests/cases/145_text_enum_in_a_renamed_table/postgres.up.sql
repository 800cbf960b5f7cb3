-- enamel: rename table users=people
-- enamel: rename people.others=more
-- enamel: rename value role.member=friend

-- rename table users to people
-- hazard: breaks-old-code: programs from before use users
ALTER TABLE "users" RENAME TO "people";

-- rename column people.others to more
-- hazard: breaks-old-code: programs from before use people.others
ALTER TABLE "people" RENAME COLUMN "others" TO "more";

-- drop check on people: "role" IN ('admin', 'member')
ALTER TABLE "people" DROP CONSTRAINT "ck_users_role_values";

-- drop check on people: "more" <@ ARRAY['admin', 'member']
ALTER TABLE "people" DROP CONSTRAINT "ck_users_others_values";

-- hazard: table-rewrite: every row of people is written again
UPDATE "people"
SET "role" = CASE "role" WHEN 'member' THEN 'friend' ELSE "role" END
WHERE "role" IS DISTINCT FROM (CASE "role" WHEN 'member' THEN 'friend' ELSE "role" END);

UPDATE "people"
SET "more" = array_replace("more", 'member', 'friend')
WHERE "more" IS DISTINCT FROM (array_replace("more", 'member', 'friend'));

-- people.role: default 'member' becomes 'friend'
ALTER TABLE "people" ALTER COLUMN "role" SET DEFAULT 'friend';

-- add check on people: "role" IN ('admin', 'friend', 'guest')
-- hazard: breaks-old-code: programs from before may write to people what is refused from now on
-- hazard: long-lock: readers and writers of people wait meanwhile
-- hazard: validation-scan: every row of people is looked at
ALTER TABLE "people" ADD CONSTRAINT "ck_people_role_values" CHECK ("role" IN ('admin', 'friend', 'guest'));

-- hazard: validation-scan: every row of people is looked at
-- enamel: must be empty: rows of people that break the check "more" <@ ARRAY['admin', 'friend', 'guest']
SELECT "id", "more"
FROM "people"
WHERE NOT ("more" <@ ARRAY['admin', 'friend', 'guest']);

-- add check on people: "more" <@ ARRAY['admin', 'friend', 'guest']
-- hazard: breaks-old-code: programs from before may write to people what is refused from now on
-- hazard: long-lock: readers and writers of people wait meanwhile
-- hazard: validation-scan: every row of people is looked at
ALTER TABLE "people" ADD CONSTRAINT "ck_people_more_values" CHECK ("more" <@ ARRAY['admin', 'friend', 'guest']);
