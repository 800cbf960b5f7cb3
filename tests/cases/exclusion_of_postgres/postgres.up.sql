
-- drop exclusion on stays: USING gist (box WITH &&)
ALTER TABLE "stays" DROP CONSTRAINT "ex_stays_box";

-- add exclusion no_overlap on stays: USING gist (days WITH &&) WHERE (id > 1) DEFERRABLE INITIALLY DEFERRED
-- hazard: breaks-old-code: programs from before may write to stays what is refused from now on
-- hazard: long-lock: readers and writers of stays wait while every row is sorted
ALTER TABLE "stays" ADD CONSTRAINT "no_overlap" EXCLUDE USING gist (days WITH &&) WHERE (id > 1) DEFERRABLE INITIALLY DEFERRED;
