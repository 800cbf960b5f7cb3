-- enamel: backfill public.things.age=1

-- drop foreign key notes(thing_id) to public.things(id)
ALTER TABLE "notes" DROP CONSTRAINT "fk_notes_thing_id";

-- add column public.things.age integer NOT NULL
-- hazard: breaks-old-code: programs from before insert into public.things without age
ALTER TABLE "public"."things" ADD COLUMN "age" integer;

-- hazard: table-rewrite: every row of public.things is written again
UPDATE "public"."things"
SET "age" = 1;

-- hazard: long-lock: readers and writers of public.things wait meanwhile
-- hazard: validation-scan: every row of public.things is looked at
ALTER TABLE "public"."things" ALTER COLUMN "age" SET NOT NULL;

-- hazard: validation-scan: every row of public.things is looked at
-- enamel: must be empty: rows of public.things that have the same name and age as another
SELECT "id", "name", "age"
FROM "public"."things"
WHERE ("name", "age") IN (
    SELECT "name", "age"
    FROM "public"."things"
    GROUP BY 1, 2
    HAVING count(*) > 1
);

-- add unique public.things(name, age)
-- hazard: breaks-old-code: programs from before may write to public.things what is refused from now on
-- hazard: long-lock: readers and writers of public.things wait while every row is sorted
ALTER TABLE "public"."things" ADD CONSTRAINT "uq_things_name_age" UNIQUE ("name", "age");

-- add foreign key notes(thing_id) to public.things(id) on delete cascade
-- hazard: breaks-old-code: programs from before may write to notes what is refused from now on
-- hazard: long-lock: writers of notes and public.things wait meanwhile
-- hazard: validation-scan: every row of notes is looked at
ALTER TABLE "notes" ADD CONSTRAINT "fk_notes_thing_id" FOREIGN KEY ("thing_id") REFERENCES "public"."things" ("id") ON DELETE CASCADE;
