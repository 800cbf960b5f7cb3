
-- drop foreign key notes(thing_id) to public.things(id) on delete cascade
ALTER TABLE "notes" DROP CONSTRAINT "fk_notes_thing_id";

-- drop unique public.things(name, age)
ALTER TABLE "public"."things" DROP CONSTRAINT "uq_things_name_age";

-- drop column public.things.age
-- hazard: data-loss: the values of public.things.age are gone
ALTER TABLE "public"."things" DROP COLUMN "age";

-- add foreign key notes(thing_id) to public.things(id)
-- hazard: long-lock: writers of notes and public.things wait meanwhile
-- hazard: validation-scan: every row of notes is looked at
ALTER TABLE "notes" ADD CONSTRAINT "fk_notes_thing_id" FOREIGN KEY ("thing_id") REFERENCES "public"."things" ("id");
