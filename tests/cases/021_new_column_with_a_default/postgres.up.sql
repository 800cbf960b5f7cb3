-- enamel: keeps-old-code

-- add column users.active boolean NOT NULL DEFAULT TRUE
ALTER TABLE "users" ADD COLUMN "active" boolean NOT NULL DEFAULT TRUE;

-- add column users.motto text NOT NULL DEFAULT 'it''s'
ALTER TABLE "users" ADD COLUMN "motto" text NOT NULL DEFAULT 'it''s';

-- add column users.score integer NOT NULL DEFAULT -1
ALTER TABLE "users" ADD COLUMN "score" integer NOT NULL DEFAULT -1;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check motto <> ''
SELECT "id", "motto"
FROM "users"
WHERE NOT (motto <> '');

-- add check on users: motto <> ''
-- hazard: long-lock: readers and writers of users wait meanwhile
-- hazard: validation-scan: every row of users is looked at
ALTER TABLE "users" ADD CONSTRAINT "ck_users_motto" CHECK (motto <> '');
