-- enamel: rename value role.admin=owner

-- enum role: rename value 'admin' to 'owner'
-- hazard: breaks-old-code: programs from before know values of role by other names
ALTER TYPE "role" RENAME VALUE 'admin' TO 'owner';
