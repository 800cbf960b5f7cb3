
-- enum role: add value 'root'; add value 'editor'; add value 'guest'
-- hazard: breaks-old-code: programs from before may read a value of role that they do not know
ALTER TYPE "role" ADD VALUE 'root' BEFORE 'admin';

ALTER TYPE "role" ADD VALUE 'editor' AFTER 'admin';

ALTER TYPE "role" ADD VALUE 'guest';
