
-- enum state: add value 'returned'
-- hazard: breaks-old-code: programs from before may read a value of state that they do not know
ALTER TYPE "state" ADD VALUE 'returned' AFTER 'sent';
