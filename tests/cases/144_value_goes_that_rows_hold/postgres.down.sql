
-- enum role: add value 'guest'
ALTER TYPE "role" ADD VALUE 'guest' AFTER 'member';
