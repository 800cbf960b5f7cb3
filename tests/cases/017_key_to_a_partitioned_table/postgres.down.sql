
-- drop foreign key notes(event_id, event_day) to events(id, day) on delete cascade
ALTER TABLE "notes" DROP CONSTRAINT "fk_notes_event_id_event_day";

-- drop index ix_events_kind_note on events
DROP INDEX "ix_events_kind_note";

-- events.note: NOT NULL becomes nullable
ALTER TABLE "events" ALTER COLUMN "note" DROP NOT NULL;

-- drop column events.kind
-- hazard: data-loss: the values of events.kind are gone
ALTER TABLE "events" DROP COLUMN "kind";

-- add foreign key notes(event_id, event_day) to events(id, day)
-- hazard: long-lock: writers of notes and events wait meanwhile
-- hazard: validation-scan: every row of notes is looked at
ALTER TABLE "notes" ADD CONSTRAINT "fk_notes_event_id_event_day" FOREIGN KEY ("event_id", "event_day") REFERENCES "events" ("id", "day");
