-- enamel: keeps-old-code

-- create enum role ('admin', 'member')
CREATE TYPE "role" AS ENUM ('admin', 'member');

-- add column users.role enum role NOT NULL DEFAULT 'member'
ALTER TABLE "users" ADD COLUMN "role" "role" NOT NULL DEFAULT 'member';

-- add column users.backup enum role
ALTER TABLE "users" ADD COLUMN "backup" "role";
