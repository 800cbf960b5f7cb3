-- enamel: backfill events.note='none'

-- drop foreign key notes(event_id, event_day) to events(id, day)
ALTER TABLE "notes" DROP CONSTRAINT "fk_notes_event_id_event_day";

-- add column events.kind smallint NOT NULL DEFAULT 1
ALTER TABLE "events" ADD COLUMN "kind" smallint NOT NULL DEFAULT 1;

-- hazard: table-rewrite: every row of events is written again
UPDATE "events"
SET "note" = 'none'
WHERE "note" IS NULL;

-- events.note: nullable becomes NOT NULL
-- hazard: breaks-old-code: programs from before may write NULL to events.note
-- hazard: long-lock: readers and writers of events wait meanwhile
-- hazard: validation-scan: every row of events is looked at
ALTER TABLE "events" ALTER COLUMN "note" SET NOT NULL;

-- add index ix_events_kind_note on events(kind, note)
-- hazard: long-lock: writers wait while every row of events is sorted
CREATE INDEX "ix_events_kind_note" ON "events" ("kind", "note");

-- add foreign key notes(event_id, event_day) to events(id, day) on delete cascade
-- hazard: breaks-old-code: programs from before may write to notes what is refused from now on
-- hazard: long-lock: writers of notes and events wait meanwhile
-- hazard: validation-scan: every row of notes is looked at
ALTER TABLE "notes" ADD CONSTRAINT "fk_notes_event_id_event_day" FOREIGN KEY ("event_id", "event_day") REFERENCES "events" ("id", "day") ON DELETE CASCADE;
