
-- enum role: rename value 'owner' to 'admin'; add value 'guest'
ALTER TYPE "role" RENAME VALUE 'owner' TO 'admin';

ALTER TYPE "role" ADD VALUE 'guest' AFTER 'member';
