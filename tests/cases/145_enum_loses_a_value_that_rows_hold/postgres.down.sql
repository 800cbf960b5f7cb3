
-- enum role: add value 'admin'
ALTER TYPE "role" ADD VALUE 'admin' BEFORE 'member';
