
-- drop exclusion no_overlap on stays: USING gist (days WITH &&) WHERE (id > 1) DEFERRABLE INITIALLY DEFERRED
ALTER TABLE "stays" DROP CONSTRAINT "no_overlap";

-- add exclusion on stays: USING gist (box WITH &&)
-- hazard: long-lock: readers and writers of stays wait while every row is sorted
ALTER TABLE "stays" ADD CONSTRAINT "ex_stays_box" EXCLUDE USING gist (box WITH &&);
