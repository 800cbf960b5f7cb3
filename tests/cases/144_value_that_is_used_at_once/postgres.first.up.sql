
-- enum role: add value 'guest'
-- hazard: breaks-old-code: programs from before may read a value of role that they do not know
ALTER TYPE "role" ADD VALUE 'guest' AFTER 'member';
