-- enamel: keeps-old-code

-- add column users.active BOOLEAN NOT NULL DEFAULT TRUE
ALTER TABLE "users" ADD COLUMN "active" BOOLEAN NOT NULL DEFAULT TRUE;

-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that break the check motto <> ''
SELECT *
FROM "users"
WHERE NOT ('it''s' <> '');

-- add column users.motto TEXT NOT NULL DEFAULT 'it''s'
-- add check on users: motto <> ''
ALTER TABLE "users" ADD COLUMN "motto" TEXT NOT NULL DEFAULT 'it''s' CHECK (motto <> '');

-- add column users.score INTEGER NOT NULL DEFAULT -1
ALTER TABLE "users" ADD COLUMN "score" INTEGER NOT NULL DEFAULT -1;
