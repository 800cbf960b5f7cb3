
-- enum role: rename value 'owner' to 'admin'
ALTER TYPE "role" RENAME VALUE 'owner' TO 'admin';
